//! The options of curl: which of them change the request, and which take a value.
//!
//! An option that is not in these lists is taken for a switch. Should it take a value all the
//! same, that value is a second URL, which is refused.

/// What an option does to the request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing, and it takes no value.
    Switch,
    /// Nothing, but it takes a value.
    Ignored,
    /// Something that is not followed here.
    Refused,
    Head,
    NoGlob,
    Method,
    Url,
    Header,
    /// Data that `@` would take from a file.
    Data,
    /// Data that is taken as it is.
    RawData,
    EncodedData,
    JsonData,
    /// A header that has an option of its own.
    Named(&'static str),
    Cookie,
    User,
    Bearer,
}

impl Meaning {
    pub(super) fn takes_value(self) -> bool {
        !matches!(self, Self::Switch | Self::Head | Self::NoGlob | Self::Refused)
    }

    pub(super) fn of_long(name: &str) -> Self {
        match name {
            "head" => Self::Head,
            "globoff" => Self::NoGlob,
            "request" => Self::Method,
            "url" => Self::Url,
            "header" => Self::Header,
            "data" | "data-ascii" | "data-binary" => Self::Data,
            "data-raw" => Self::RawData,
            "data-urlencode" => Self::EncodedData,
            "json" => Self::JsonData,
            "user-agent" => Self::Named("User-Agent"),
            "referer" => Self::Named("Referer"),
            "cookie" => Self::Cookie,
            "user" => Self::User,
            "oauth2-bearer" => Self::Bearer,
            "aws-sigv4" | "config" | "form" | "form-string" | "get" | "next" | "upload-file"
            | "url-query" | "variable" => Self::Refused,
            _ if name.starts_with("expand-") => Self::Refused,
            _ if WITH_VALUE.contains(&name) => Self::Ignored,
            _ => Self::Switch,
        }
    }

    pub(super) fn of_short(letter: u8) -> Self {
        match letter {
            b'A' => Self::of_long("user-agent"),
            b'b' => Self::of_long("cookie"),
            b'd' => Self::of_long("data"),
            b'e' => Self::of_long("referer"),
            b'F' => Self::of_long("form"),
            b'g' => Self::of_long("globoff"),
            b'G' => Self::of_long("get"),
            b'H' => Self::of_long("header"),
            b'I' => Self::of_long("head"),
            b'K' => Self::of_long("config"),
            b'T' => Self::of_long("upload-file"),
            b'u' => Self::of_long("user"),
            b'X' => Self::of_long("request"),
            b':' => Self::of_long("next"),
            _ if b"cCDEhmoPQrtUwxyYz".contains(&letter) => Self::Ignored,
            _ => Self::Switch,
        }
    }
}

/// The other long options that take a value, from curl's manual (version 8).
#[rustfmt::skip]
const WITH_VALUE: &[&str] = &[
    "abstract-unix-socket", "alt-svc", "cacert", "capath", "cert", "cert-type", "ciphers",
    "connect-timeout", "connect-to", "continue-at", "cookie-jar", "create-file-mode", "crlfile",
    "curves", "delegation", "dns-interface", "dns-ipv4-addr", "dns-ipv6-addr", "dns-servers",
    "doh-url", "dump-header", "ech", "egd-file", "engine", "etag-compare", "etag-save",
    "expect100-timeout", "ftp-account", "ftp-alternative-to-user", "ftp-method", "ftp-port",
    "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms", "haproxy-clientip", "help", "hostpubmd5",
    "hostpubsha256", "hsts", "interface", "ip-tos", "ipfs-gateway", "keepalive-cnt",
    "keepalive-time", "key", "key-type", "knownhosts", "krb", "libcurl", "limit-rate", "local-port",
    "login-options", "mail-auth", "mail-from", "mail-rcpt", "max-filesize", "max-redirs",
    "max-time", "netrc-file", "noproxy", "output", "output-dir", "parallel-max",
    "parallel-max-host", "pass", "pinnedpubkey", "preproxy", "proto", "proto-default",
    "proto-redir", "proxy", "proxy-cacert", "proxy-capath", "proxy-cert", "proxy-cert-type",
    "proxy-ciphers", "proxy-crlfile", "proxy-header", "proxy-key", "proxy-key-type",
    "proxy-pass", "proxy-pinnedpubkey", "proxy-service-name", "proxy-tls13-ciphers",
    "proxy-tlsauthtype", "proxy-tlspassword", "proxy-tlsuser", "proxy-user", "proxy1.0",
    "pubkey", "quote", "random-file", "range", "rate", "request-target", "resolve", "retry",
    "retry-delay", "retry-max-time", "sasl-authzid", "service-name", "sigalgs", "socks4",
    "socks4a", "socks5", "socks5-gssapi-service", "socks5-hostname", "speed-limit",
    "speed-time", "ssl-sessions", "stderr", "telnet-option", "tftp-blksize", "time-cond",
    "tls-max", "tls13-ciphers", "tlsauthtype", "tlspassword", "tlsuser", "trace", "trace-ascii",
    "trace-config", "unix-socket", "upload-flags", "vlan-priority", "write-out",
];
