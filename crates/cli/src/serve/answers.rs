//! Who may ask, and what is answered.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::desk::{Asked, Desk, No, Removed, Tried};
use super::phrase::Passage;

/// What every answer says of itself, beside the policy that is in the page: it is kept by nobody and shown in no frame.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The desk and the address that it is asked for at.
pub(crate) struct Answers {
    desk: Mutex<Desk>,
    host: String,
    origin: String,
    token: String,
}

/// An answer, without the headers that all of them have.
pub(crate) struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: String,
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let headers = HEADERS.into_iter().chain([(header::CONTENT_TYPE, self.kind)]);
        let mut response = (self.status, self.body).into_response();
        for (name, value) in headers {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// A field of an entity whose value is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    entity: String,
    field: String,
}

impl Answers {
    pub(crate) fn new(desk: Desk, address: SocketAddr, token: String) -> Self {
        let host = address.to_string();
        Self { desk: Mutex::new(desk), origin: format!("http://{host}"), host, token }
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> String {
        format!("{}/{}/", self.origin, self.token)
    }

    /// Refuses who does not come from the page itself: another name of this machine (so that no name of the network can be
    /// led to it), another page, an address without the token.
    pub(crate) fn admitted(&self, head: &Parts) -> Result<(), Reply> {
        let only = |name: HeaderName| one(&head.headers, &name);
        if only(header::HOST) != Ok(Some(self.host.as_str())) {
            return Err(plain(StatusCode::FORBIDDEN, "This is not the address that was given out."));
        }
        let origin = only(header::ORIGIN);
        let is_ours = origin == Ok(Some(self.origin.as_str()));
        if !is_ours && (origin != Ok(None) || head.method != Method::GET) {
            return Err(plain(StatusCode::FORBIDDEN, "Another page has asked for this."));
        }
        let token = head.uri.path().strip_prefix('/').and_then(|path| path.split('/').next()).unwrap_or_default();
        if same(token.as_bytes(), self.token.as_bytes()) {
            Ok(())
        } else {
            Err(plain(StatusCode::NOT_FOUND, "There is nothing here: the address has a part that is secret."))
        }
    }

    /// Answers a request that was admitted.
    pub(crate) fn answer(&self, head: &Parts, body: &[u8]) -> Reply {
        let path = head.uri.path().strip_prefix('/').and_then(|path| path.strip_prefix(self.token.as_str()));
        match (&head.method, path.unwrap_or_default()) {
            (&Method::GET, "/") => {
                let page = self.desk().page();
                respond(StatusCode::OK, "text/html; charset=utf-8", page)
            }
            (&Method::POST, path) => {
                if one(&head.headers, &header::CONTENT_TYPE) != Ok(Some("application/json")) {
                    return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Ask in JSON.");
                }
                self.post(path, body).unwrap_or_else(|response| response)
            }
            _ => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        }
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Reply, Reply> {
        Ok(match path {
            "/phrase" => {
                let asked: Passage = read(body)?;
                found(self.desk().phrase(&asked).map(|phrase| json!(phrase)), "there is no word in it")
            }
            "/value" => {
                let asked: Field = read(body)?;
                let value = self.desk().value(&asked.entity, &asked.field);
                found(value.map(|known| json!(known)), "this value cannot be corrected as a value")
            }
            "/preview" => {
                let asked: Asked = read(body)?;
                done(self.desk().preview(&asked))
            }
            "/add" => {
                let asked: Asked = read(body)?;
                done(self.desk().add(&asked))
            }
            "/remove" => {
                let removed: Removed = read(body)?;
                done(self.desk().remove(&removed))
            }
            "/undo" => {
                let removed: Removed = read(body)?;
                done(self.desk().undo(&removed))
            }
            _ => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        })
    }

    /// The desk as it is now. Whoever panicked with it has left it whole: it is changed last and at once.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.refresh();
        desk
    }
}

/// The answer to what is too long.
pub(crate) fn too_long() -> Reply {
    plain(StatusCode::PAYLOAD_TOO_LARGE, "This is too long for a correction.")
}

/// The value of a header that is there once or not at all.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        (Some(_), Some(_)) => Err(()),
    }
}

/// Whether both are the same, in a time that does not tell how much of them is.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Reply> {
    serde_json::from_slice(body).map_err(|error| {
        json_answer(StatusCode::BAD_REQUEST, &json!({ "message": format!("this was not understood: {error}") }))
    })
}

fn found(value: Option<Value>, otherwise: &str) -> Reply {
    match value {
        Some(value) => json_answer(StatusCode::OK, &value),
        None => json_answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "message": otherwise })),
    }
}

fn done(tried: Result<Tried, No>) -> Reply {
    match tried {
        Ok(tried) => json_answer(StatusCode::OK, &json!(tried)),
        Err(No::Stale) => {
            let message = "the corrections or the sources have changed since this page was read; it was read again, and \
                           nothing was written";
            json_answer(StatusCode::CONFLICT, &json!({ "message": message }))
        }
        Err(No::Refused { message, details }) => {
            json_answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "message": message, "details": details }))
        }
        Err(No::Failed(message)) => json_answer(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": message })),
    }
}

fn json_answer(status: StatusCode, value: &Value) -> Reply {
    respond(status, "application/json", value.to_string())
}

fn plain(status: StatusCode, message: &str) -> Reply {
    respond(status, "text/plain; charset=utf-8", format!("{message}\n"))
}

fn respond(status: StatusCode, kind: &'static str, body: String) -> Reply {
    Reply { status, kind, body }
}
