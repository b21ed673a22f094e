//! `rapporteur review --serve`: the page on this machine, with forms that write corrections.
//!
//! [`desk`] knows what is worked on and nothing of a network; [`answers`] says who may ask, and what is answered. Here a port
//! of this machine is listened to, one request after the other.

mod answers;
mod desk;
mod phrase;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};

use self::answers::Answers;
use self::desk::Desk;
use crate::{Failure, Outcome, Problem, args, output};

/// Longest request: a correction is a phrase and a sentence.
const LONGEST: usize = 256 << 10;

/// What is told beside the address.
const HINT: &str =
    "Open this address in a browser on this machine; whoever has it can write corrections. Ctrl-C ends it.\n";

/// Serves until Ctrl-C.
pub(crate) fn run(args: &args::Review) -> Result<Outcome, Failure> {
    let desk = Desk::open(args)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok((listener.local_addr()?, listener))
    });
    let (address, listener) = listener.map_err(|error| problem(&format!("no port can be listened to: {error}")))?;
    let answers = Arc::new(Answers::new(desk, address, token()?));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| problem(&format!("the server cannot be started: {error}")))?;
    let address = format!("{}\n", answers.address());
    runtime.block_on(async {
        let serve = async {
            output::stdout(&address)?;
            output::stderr(HINT);
            let ended = |error: io::Error| problem(&format!("the server has ended: {error}"));
            let listener = tokio::net::TcpListener::from_std(listener).map_err(ended)?;
            axum::serve(listener, Router::new().fallback(answer).with_state(answers)).await.map_err(ended)
        };
        tokio::select! {
            // first, so that Ctrl-C is listened to before anybody knows the address
            biased;
            _ = tokio::signal::ctrl_c() => Ok(Outcome::Clean),
            served = serve => served.map(|()| Outcome::Clean),
        }
    })
}

async fn answer(State(answers): State<Arc<Answers>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let reply = match answers.admitted(&head) {
        Err(refused) => refused,
        Ok(()) => match axum::body::to_bytes(body, LONGEST).await {
            Ok(body) => answers.answer(&head, &body),
            Err(_) => answers::too_long(),
        },
    };
    reply.into_response()
}

/// Letters that nobody can guess.
fn token() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| problem(&format!("there are no random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn problem(message: &str) -> Failure {
    Failure::from(Problem {
        message: message.to_owned(),
        help: "Write the page to a file with -o; `rapporteur correct` makes corrections without it.".to_owned(),
    })
}
