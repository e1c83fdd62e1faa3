//! HTTP over loopback, written by hand: an answer is what stands on the wire.

use std::net::SocketAddr;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What was answered.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answered {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Serves on a port of its own, until the test ends.
pub async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

pub async fn post(
    to: SocketAddr,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Answered {
    send(to, "POST", target, headers, Some(body.len()), body).await
}

/// `declared`: the `Content-Length`; without it the body comes in one chunk.
pub async fn send(
    to: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    declared: Option<usize>,
    body: &[u8],
) -> Answered {
    let mut request =
        format!("{method} {target} HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    let mut bytes = match declared {
        Some(length) => {
            let mut bytes = format!("{request}content-length: {length}\r\n\r\n").into_bytes();
            bytes.extend(body);
            bytes
        }
        None => {
            let head = format!("{request}transfer-encoding: chunked\r\n\r\n{:x}\r\n", body.len());
            let mut bytes = head.into_bytes();
            bytes.extend(body);
            bytes.extend(b"\r\n0\r\n\r\n");
            bytes
        }
    };
    let mut stream = TcpStream::connect(to).await.unwrap();
    // Who refuses by the head does not read the rest.
    let _ = stream.write_all(&std::mem::take(&mut bytes)).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").expect("no answer");
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answered { status, head: head.to_owned(), body: body.to_owned() }
}
