"""Where an SDK and hookseal disagree on purpose, and why. What is not here fails the run, and so
does what is here and does not occur."""

NO_BODY = "the SDK takes an empty body for none, and refuses; hookseal takes what was sent"
CASE = "the SDK decodes hex of either case; the sender writes lower case, and hookseal takes one spelling"
BUFFER = "Node decodes base64 of any kind, and ignores what it does not know; hookseal takes one spelling"
B64DECODE = "Python decodes base64 with spare bits set, or with more behind its end; hookseal takes one spelling"
AGAIN = "the SDK parses the body and writes it anew, so it signs and checks other bytes; hookseal takes the bytes as sent"
PAST = "the SDK looks at the past alone; hookseal has a limit ahead"
WINDOW = "the SDK has no window; hookseal has one"
AGE = "the SDK looks ahead alone; hookseal has a limit in the past"
TOKEN = "the SDK checks the token, and leaves the body's hash to its caller; hookseal checks both"
NFKD = "the SDK normalises the secret; hookseal leaves that to the caller"
WEIGHT = "the SDK rewrites whole weights as decimals before it checks; hookseal takes the bytes as sent"
UNBOUND = "the scheme signs nothing of the body, and the row says so"
AROUND = "the scheme signs fields of the body, not the white space behind them, and the row says so"
BARE = "the SDK takes a secret without `whsec_` as text; the row reads base64, and says so"

CASES = ["signature_case"]
SLOPPY = ["spare_bits", "unpadded", "other_alphabet", "tail"]
AHEAD = ["too new"]
BOTH_WAYS = ["too old", "too new"]
REFUSED = ["genuine, no body", "its own, no body"]

#: reason, side, kinds, rows with packages
GROUPS = [
    (NO_BODY, "sdk refuses", REFUSED, [
        ("github", "npm:@octokit/webhooks-methods"), ("shopify", "npm:@shopify/shopify-api"), ("cronofy", "npm:cronofy"),
        ("square", "PyPI:squareup"), ("sanity", "npm:@sanity/webhook"),
    ]),
    (NO_BODY, "sdk refuses", ["its own, no body"], [("hygraph", "npm:@hygraph/utils")]),
    (CASE, "sdk accepts", CASES, [
        ("gocardless", "npm:gocardless-nodejs"), ("onfido", "npm:@onfido/api"), ("notion", "npm:@notionhq/client"),
        ("creem", "npm:creem"), ("retell", "npm:retell-sdk"), ("hook0", "npm:hook0-client"),
        ("discord", "npm:discord-interactions"), ("discord", "PyPI:discord-interactions"),
    ]),
    (BUFFER, "sdk accepts", SLOPPY, [
        ("line", "npm:@line/bot-sdk"), ("adyen-platform", "npm:@adyen/api-library"), ("box", "npm:box-node-sdk"), ("openai", "npm:openai"),
        ("adyen", "npm:@adyen/api-library"), ("sendgrid", "npm:@sendgrid/eventwebhook"),
    ]),
    (BUFFER, "sdk accepts", ["spare_bits"], [
        ("livekit", "npm:livekit-server-sdk"), ("upstash-qstash", "npm:@upstash/qstash"), ("messagebird", "npm:messagebird"),
    ]),
    (TOKEN, "sdk accepts", ["body", "body_tail"], [("vonage", "npm:@vonage/jwt"), ("vonage", "PyPI:vonage-jwt")]),
    (UNBOUND, "both accept", ["body", "body_tail"], [
        ("mercado-pago", "npm:mercadopago"), ("plivo-v2", "npm:plivo"), ("plivo-v2", "PyPI:plivo"),
    ]),
    (AROUND, "both accept", ["body_tail"], [
        ("adyen", "npm:@adyen/api-library"), ("adyen", "PyPI:Adyen"), ("dropbox-sign", "npm:@dropbox/sign"), ("dropbox-sign", "PyPI:dropbox-sign"),
    ]),
    (B64DECODE, "sdk accepts", ["spare_bits", "tail"], [
        ("standard-webhooks", "PyPI:standardwebhooks"), ("svix", "PyPI:svix"), ("increase", "PyPI:increase"), ("replicate", "PyPI:replicate"), ("finch", "PyPI:finch-api"),
        ("telnyx", "PyPI:telnyx"), ("sendgrid", "PyPI:sendgrid"),
    ]),
    (B64DECODE, "sdk accepts", ["spare_bits"], [("polar", "PyPI:polar-sdk")]),
    (AGAIN, "sdk accepts", ["body_tail"], [
        ("smartcar", "npm:smartcar"), ("blockfrost", "npm:@blockfrost/blockfrost-js"), ("workos", "npm:@workos-inc/node"),
    ]),
    (AGAIN, "sdk refuses", ["genuine, formatted JSON"], [
        ("smartcar", "npm:smartcar"), ("blockfrost", "npm:@blockfrost/blockfrost-js"), ("workos", "npm:@workos-inc/node"),
    ]),
    (AGAIN, "sdk refuses", ["its own, formatted JSON"], [("smartcar", "npm:smartcar"), ("blockfrost", "npm:@blockfrost/blockfrost-js")]),
    (AGAIN, "hookseal refuses", ["genuine, formatted JSON"], [("workos", "npm:@workos-inc/node")]),
    (PAST, "sdk accepts", AHEAD, [
        ("stripe", "npm:stripe"), ("stripe", "PyPI:stripe"), ("mux", "npm:@mux/mux-node"), ("elevenlabs", "PyPI:elevenlabs"),
        ("blockfrost", "npm:@blockfrost/blockfrost-js"), ("paddle", "npm:@paddle/paddle-node-sdk"), ("workos", "npm:@workos-inc/node"),
        ("slack", "npm:@slack/bolt"), ("hubspot", "npm:@hubspot/api-client"), ("contentful", "npm:@contentful/node-apps-toolkit"), ("cloudinary", "npm:cloudinary"), ("cloudinary", "PyPI:cloudinary"),
        ("cloudinary-sha256", "npm:cloudinary"), ("cloudinary-sha256", "PyPI:cloudinary"),
    ]),
    (WINDOW, "sdk accepts", BOTH_WAYS, [
        ("sanity", "npm:@sanity/webhook"), ("webflow", "npm:webflow-api"), ("sinch", "PyPI:sinch"), ("replicate", "npm:replicate"),
        ("hook0", "npm:hook0-client"), ("hygraph", "npm:@hygraph/utils"), ("mercado-pago", "npm:mercadopago"), ("dropbox-sign", "npm:@dropbox/sign"), ("dropbox-sign", "PyPI:dropbox-sign"),
        ("discord", "npm:discord-interactions"), ("discord", "PyPI:discord-interactions"), ("sendgrid", "npm:@sendgrid/eventwebhook"),
        ("sendgrid", "PyPI:sendgrid"), ("vonage", "npm:@vonage/jwt"),
    ]),
    (AGE, "sdk accepts", ["too old"], [("vonage", "PyPI:vonage-jwt")]),
    (NFKD, "sdk refuses", ["genuine, a composed letter in the secret"], [("easypost", "npm:@easypost/api"), ("easypost", "PyPI:easypost")]),
    (NFKD, "hookseal refuses", ["genuine, a composed letter in the secret"], [("easypost", "npm:@easypost/api"), ("easypost", "PyPI:easypost")]),
    (WEIGHT, "sdk refuses", ["genuine, a whole weight", "its own, a whole weight"], [("easypost", "npm:@easypost/api")]),
    (BARE, "sdk refuses", ["genuine, a bare secret"], [("openai", "npm:openai"), ("openai", "PyPI:openai")]),
    (BARE, "hookseal refuses", ["genuine, a bare secret"], [("openai", "npm:openai"), ("openai", "PyPI:openai")]),
]

KNOWN = {
    (row, package, side, kind): reason
    for reason, side, kinds, rows in GROUPS
    for kind in kinds
    for row, package in rows
}

#: What one changed letter in some thousand meets: known where it occurs, and free not to.
RARE = {
    ("sendgrid", "npm:@sendgrid/eventwebhook", "sdk accepts", "signature"):
        "the SDK reads lengths of the signature's DER loosely; hookseal takes one spelling",
}
