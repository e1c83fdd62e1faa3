//! `hookseal listen`: a receiver on this machine.

use core::net::SocketAddr;
use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::client::Target;
use crate::keep::Keep;
use crate::output::{Exit, Failure, Output};
use crate::receiver::{Receiver, Tally};
use crate::setup::{KeyArgs, NowArgs, WindowArgs};

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long clients have for the rest of their answers when the listener ends.
const FAREWELL: Duration = Duration::from_secs(5);

/// Connections at a time; more wait for their turn.
const CONNECTIONS: usize = 256;

#[derive(Args)]
pub(crate) struct ListenArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
    /// Where to listen: an address of this machine's loopback; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    addr: SocketAddr,
    /// Keep each delivery as a file in this directory; the files hold all headers
    #[arg(long, value_name = "DIR")]
    capture: Option<PathBuf>,
    /// Hand each delivery on, verified or not, to this URL
    #[arg(long, value_name = "URL")]
    forward: Option<String>,
    /// The URL as it is configured at the provider, where the provider signs it; a query is taken
    /// from the request
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// End after this many deliveries, with status 1 if one was refused
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    #[command(flatten)]
    now: NowArgs,
}

/// The first line: where it listens.
#[derive(Serialize)]
struct Listening {
    listening: String,
    provider: &'static str,
}

pub(crate) fn run(args: &ListenArgs, out: Output) -> Result<Exit, Failure> {
    let receiver = Arc::new(receiver(args, out)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Failure::new("no_runtime", format!("the listener cannot be started: {error}"))
    })?;
    let done = runtime.block_on(serve(args, receiver, out));
    runtime.shutdown_timeout(FAREWELL);
    done
}

fn receiver(args: &ListenArgs, out: Output) -> Result<Receiver, Failure> {
    if !args.addr.ip().is_loopback() {
        return Err(Failure::usage(
            "the listener takes deliveries of this machine only: give an address such as \
             127.0.0.1:8787, and put a tunnel or a proxy in front of it",
        ));
    }
    let scheme = args.key.scheme()?;
    let secrets = args.key.secrets.read()?;
    Ok(Receiver {
        scheme,
        verifier: args.key.verifier(scheme, &secrets, &args.window)?,
        secrets,
        allow_weak: args.key.secrets.allow_weak,
        window: args.window.clone(),
        clock: args.now.clock(),
        url: args.url.clone(),
        keep: args.capture.clone().map(Keep::new).transpose()?,
        forward: args.forward.as_deref().map(Target::new).transpose()?,
        out,
        tally: Tally::new(args.count),
    })
}

async fn serve(args: &ListenArgs, receiver: Arc<Receiver>, out: Output) -> Result<Exit, Failure> {
    let listener = TcpListener::bind(args.addr).await.map_err(|error| {
        Failure::new("unusable_address", format!("cannot listen on {}: {error}", args.addr))
    })?;
    let local = listener.local_addr().unwrap_or(args.addr);
    let first = Listening { listening: format!("http://{local}"), provider: receiver.scheme.name };
    out.show(&first, || format!("listening on {} for {}\n", first.listening, first.provider))?;
    let open = GracefulShutdown::new();
    tokio::select! {
        () = accept(&listener, &receiver, &open) => {}
        () = receiver.tally.all_arrived() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    let _ = tokio::time::timeout(FAREWELL, open.shutdown()).await;
    receiver.tally.all_forwarded().await;
    Ok(receiver.tally.exit())
}

/// Takes connections for ever. One that cannot be taken, as when files run out, ends nothing.
async fn accept(listener: &TcpListener, receiver: &Arc<Receiver>, open: &GracefulShutdown) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let receiver = Arc::clone(receiver);
        let service = service_fn(move |request| {
            let receiver = Arc::clone(&receiver);
            async move { receiver.receive(request).await }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .half_close(true) // a client may close its side once it has sent all
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // What a broken client leaves behind is its own affair.
            let _ = connection.await;
            drop(place);
        });
    }
}
