//! `rapporteur review --serve`: who may ask, what is written, and what two windows do.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const REPORT: &str = include_str!("data/harbour.txt");

/// A server with a report of its own, which ends with it.
struct Server {
    folder: TempDir,
    process: Child,
    host: String,
    token: String,
}

/// What was answered.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn new() -> Self {
        Self::of(&[("report.txt", REPORT)])
    }

    /// With these sources.
    fn of(sources: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in sources {
            fs::write(folder.path().join(name), text).expect("is written");
        }
        let mut process = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .arg("review")
            .args(sources.iter().map(|(name, _)| name))
            .args(["--serve", "--no-config"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command is there");
        let mut address = String::new();
        let stdout = process.stdout.take().expect("is piped");
        BufReader::new(stdout).read_line(&mut address).expect("it tells its address");
        let rest = address.trim_end().strip_prefix("http://").expect("an address").strip_suffix('/').expect("a folder");
        let (host, token) = rest.split_once('/').expect("a token");
        Self { folder, process, host: host.to_owned(), token: token.to_owned() }
    }

    /// Sends these lines and a body, and reads what is answered.
    fn raw(&self, head: &[String], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("is set");
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        // who is refused may be cut off before all was sent
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).expect("is UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self) -> String {
        let head =
            [format!("GET /{}/ HTTP/1.1", self.token), format!("Host: {}", self.host), "Connection: close".into()];
        let answer = self.raw(&head, "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    /// The lines of a request as the page makes them.
    fn head(&self, path: &str, length: usize) -> Vec<String> {
        vec![
            format!("POST /{}/{path} HTTP/1.1", self.token),
            format!("Host: {}", self.host),
            format!("Origin: http://{}", self.host),
            "Content-Type: application/json".to_owned(),
            format!("Content-Length: {length}"),
            "Connection: close".to_owned(),
        ]
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let answer = self.raw(&self.head(path, body.len()), &body);
        (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
    }

    fn version(&self) -> String {
        let page = self.get();
        let (_, rest) = page.split_once("data-version=\"").expect("there are forms");
        rest.split('"').next().expect("it ends").to_owned()
    }

    fn add(&self, correction: &Value) -> (u16, Value) {
        self.post("add", &json!({ "version": self.version(), "reason": "it is so", "correction": correction }))
    }

    fn file(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("report.corrections.toml")).ok()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("is there");
        let names = entries.map(|entry| entry.expect("is there").file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn text(find: &str, replace: &str) -> Value {
    json!({ "form": "text", "source": "report", "find": find, "replace": replace })
}

#[test]
fn each_form_is_written_and_read_again() {
    let server = Server::new();
    let region = json!({ "form": "region", "source": "report", "at": "Ropes hold where hands do", "label": "quote" });
    let value = json!({ "form": "value", "entity": "harbour-forum-2031", "field": "venue", "value": "Net Loft" });
    for (correction, in_file, in_page) in [
        (text("Ada Brnu", "Ada Brunn"), "find = \"Ada Brnu\"", ">Ada Brunn<"),
        (region, "label = \"quote\"", "<article class=\"entity quote\""),
        (value, "value = \"Net Loft\"", ">Net Loft<"),
    ] {
        let asked = json!({ "version": server.version(), "reason": "it is so", "correction": correction });
        let before = server.file();
        let (status, preview) = server.post("preview", &asked);
        assert_eq!((status, server.file()), (200, before), "{preview}");
        assert!(preview["changes"].as_array().is_some_and(|changes| !changes.is_empty()), "{preview}");
        let unsaid = json!({ "version": server.version(), "reason": " ", "correction": correction });
        assert_eq!(
            server.post("preview", &unsaid),
            (200, preview.clone()),
            "what it does can be seen before it is said why"
        );
        let started = Instant::now();
        let (status, added) = server.add(&correction);
        let page = server.get();
        println!("written and read again in {:?}", started.elapsed());
        assert_eq!((status, &added["changes"]), (200, &preview["changes"]), "{added}");
        assert!(server.file().is_some_and(|file| file.contains(in_file)), "{:?}", server.file());
        assert!(page.contains(in_page), "{in_page}");
    }
    assert_eq!(fs::read_to_string(server.folder.path().join("report.txt")).expect("is there"), REPORT);
    assert_eq!(server.names(), ["report.corrections.toml", "report.txt"], "and nothing else");
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["correct", "report.txt", "--list"])
        .current_dir(server.folder.path())
        .output()
        .expect("the command is there");
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!((listed.lines().count(), listed.contains("not applied")), (3, false), "{listed}");
}

#[test]
fn what_would_not_apply_is_refused_and_nothing_written() {
    let server = Server::new();
    for (correction, told) in [
        (text("no such phrase", "x"), "does not apply"),
        (json!({ "form": "value", "entity": "nobody", "field": "name", "value": "x" }), "does not apply"),
        (json!({ "form": "region", "source": "report", "at": "Ropes hold", "label": "poem" }), "no label"),
        (json!({ "form": "text", "source": "../report", "find": "Ropes", "replace": "x" }), "no source"),
    ] {
        let (status, answer) = server.add(&correction);
        let message = answer["message"].as_str().unwrap_or_default();
        assert_eq!((status, message.contains(told)), (422, true), "{answer}");
    }
    let asked = json!({ "version": server.version(), "reason": " ", "correction": text("Ada Brnu", "Ada Brunn") });
    assert_eq!(server.post("add", &asked).0, 422, "without a reason");
    for body in ["", "{", "[]", "{\"version\":1}"] {
        assert_eq!(server.raw(&server.head("add", body.len()), body).status, 400, "{body}");
    }
    let long = format!("\"{}\"", "x".repeat(300 << 10));
    assert_eq!(server.raw(&server.head("add", long.len()), &long).status, 413);
    assert_eq!(server.file(), None);
}

#[test]
fn only_the_page_itself_may_ask() {
    let server = Server::new();
    let body = json!({ "version": server.version(), "reason": "x", "correction": text("Ada Brnu", "Ada Brunn") });
    let body = body.to_string();
    let head = server.head("add", body.len());
    let other = |line: usize, with: Option<String>| {
        let mut lines = head.clone();
        match with {
            Some(with) => lines[line] = with,
            None => drop(lines.remove(line)),
        }
        server.raw(&lines, &body).status
    };
    let port = server.host.rsplit(':').next().expect("a port");
    let token = &server.token;
    for (line, with, status) in [
        (0, Some("POST /add HTTP/1.1".to_owned()), 404),
        (0, Some(format!("POST /{}/add HTTP/1.1", &token[..31])), 404),
        (0, Some(format!("POST /{token}0/add HTTP/1.1")), 404),
        (0, Some(format!("POST /{}/add HTTP/1.1", "0".repeat(32))), 404),
        (0, Some(format!("POST /{token}/../add HTTP/1.1")), 404),
        (0, Some(format!("GET /{token}/add HTTP/1.1")), 404),
        (0, Some(format!("PUT /{token}/add HTTP/1.1")), 404),
        (1, Some("Host: example.org".to_owned()), 403),
        (1, Some(format!("Host: localhost:{port}")), 403),
        (1, Some("Host: 127.0.0.1".to_owned()), 403),
        (1, Some(format!("Host: {}\r\nHost: example.org", server.host)), 400),
        (2, Some("Origin: null".to_owned()), 403),
        (2, Some("Origin: http://example.org".to_owned()), 403),
        (2, Some(format!("Origin: https://{}", server.host)), 403),
        (2, None, 403),
        (3, Some("Content-Type: text/plain".to_owned()), 415),
        (3, None, 415),
    ] {
        let told = other(line, with.clone());
        // some of these are refused before they are even looked at
        assert!(told == status || (status == 400 && told == 403), "{with:?}: {told}");
    }
    assert_eq!(server.file(), None, "none of them wrote");
    let mut page =
        vec![format!("GET /{token}/ HTTP/1.1"), format!("Host: {}", server.host), "Connection: close".into()];
    let answer = server.raw(&page, "");
    assert!(answer.head.contains("x-frame-options: deny") && answer.head.contains("cache-control: no-store"));
    assert!(answer.body.contains("connect-src &#39;self&#39;"));
    page.push("Origin: http://example.org".to_owned());
    assert_eq!(server.raw(&page, "").status, 403, "no other page reads it");
    assert_eq!(server.raw(&head, &body).status, 200, "the page itself does");
}

#[test]
fn two_windows_at_once_lose_nothing() {
    let server = Server::new();
    let version = server.version();
    let asked = |version: &str, find: &str, replace: &str| json!({ "version": version, "reason": "it is so", "correction": text(find, replace) });
    assert_eq!(server.post("add", &asked(&version, "Ada Brnu", "Ada Brunn")).0, 200);
    let written = server.file();
    let (status, answer) = server.post("add", &asked(&version, "Port Office\n\nThe", "Port Authority\n\nThe"));
    assert_eq!((status, server.file()), (409, written), "{answer}");
    assert!(answer["message"].as_str().is_some_and(|message| message.contains("nothing was written")), "{answer}");
    assert_eq!(server.post("remove", &json!({ "version": version, "id": "x" })).0, 409);
    assert_eq!(server.post("add", &asked(&server.version(), "Net data", "x")).0, 422);
    assert_eq!(server.post("add", &asked(&server.version(), "new data", "old data")).0, 200);
    let file = server.file().expect("is written");
    assert!(file.contains("Ada Brunn") && file.contains("old data"), "{file}");

    // another program writes, too
    let version = server.version();
    let path = server.folder.path().join("report.corrections.toml");
    fs::write(&path, file.replace("Ada Brunn", "Ada Bruun")).expect("is written");
    assert_eq!(server.post("add", &asked(&version, "each other", "one another")).0, 409);
    assert!(server.get().contains(">Ada Bruun<"));
    assert_eq!(server.post("add", &asked(&server.version(), "each other", "one another")).0, 200);
    assert!(fs::read_to_string(&path).is_ok_and(|file| file.contains("Ada Bruun") && file.contains("one another")));
}

#[test]
fn many_windows_that_ask_at_the_same_moment_lose_nothing() {
    let server = Server::new();
    let words = ["ropes, and at", "those who make", "light of", "all the harbours", "hands where", "trust between"];
    std::thread::scope(|scope| {
        for words in words {
            let server = &server;
            scope.spawn(move || {
                let added = (0..50).any(|_| server.add(&text(words, &words.to_uppercase())).0 == 200);
                assert!(added, "{words}");
            });
        }
    });
    let file = server.file().expect("is written");
    assert_eq!(file.matches("[[text]]").count(), words.len(), "{file}");
}

#[test]
fn a_correction_is_taken_back() {
    let server = Server::new();
    let (_, added) = server.add(&text("Ada Brnu", "Ada Brunn"));
    let id = added["id"].as_str().expect("an id").to_owned();
    assert!(server.get().contains(&format!("data-remove=\"{id}\"")));
    let (status, removed) = server.post("remove", &json!({ "version": server.version(), "id": id }));
    assert_eq!((status, &removed["id"]), (200, &json!(id)));
    assert!(server.file().is_some_and(|file| !file.contains("Brunn")));
    assert!(server.get().contains(">Ada Brnu<"));
    assert_eq!(server.post("remove", &json!({ "version": server.version(), "id": id })).0, 422);
}

#[test]
fn a_value_that_is_corrected_again_has_one_correction_and_undo_gives_the_other_back() {
    let server = Server::new();
    let value =
        |value: &str| json!({ "form": "value", "entity": "harbour-forum-2031", "field": "venue", "value": value });
    let (_, first) = server.add(&value("Net Loft"));
    assert_eq!(first["replaced"], Value::Null);
    let written = server.file();
    let asked = json!({ "entity": "harbour-forum-2031", "field": "venue" });
    let (_, known) = server.post("value", &asked);
    assert_eq!(
        (&known["value"], &known["standing"]["id"], &known["standing"]["reason"]),
        (&json!("Net Loft"), &first["id"], &json!("it is so"))
    );
    let (status, second) = server.add(&value("Sail Loft"));
    assert_eq!((status, &second["replaced"]), (200, &first["id"]), "{second}");
    let file = server.file().expect("is written");
    assert!(file.contains("Sail Loft") && !file.contains("Net Loft"), "{file}");
    let (status, undone) = server.post("undo", &json!({ "version": server.version(), "id": second["id"] }));
    assert_eq!((status, server.file()), (200, written), "{undone}");
    let (status, _) = server.post("undo", &json!({ "version": server.version(), "id": first["id"] }));
    assert!(status == 200 && server.file().is_some_and(|file| !file.contains("Net Loft")));
}

#[test]
fn a_value_is_corrected_in_the_file_of_the_source_that_it_was_read_from() {
    let takeaways = "Two takeaways from the Harbour Forum 2031\n\n1. Keep every rope dry\n\nA wet rope is a weak rope. Harbours \
                     should know where theirs are kept.\n\n2. Tie before you sail\n\nKnots that are made at sea are made too \
                     late, and those who make them have other things to do.\n";
    let server = Server::of(&[("report.txt", REPORT), ("takeaways.txt", takeaways)]);
    let page = server.get();
    let (_, rest) = page.split_once("<article class=\"entity takeaway\"").expect("there are takeaways");
    let (_, rest) = rest.split_once("data-entity=\"").expect("it is called something");
    let entity = rest.split('"').next().expect("it ends");
    let value = json!({ "form": "value", "entity": entity, "field": "title", "value": "Keep all ropes dry" });
    let (status, added) = server.add(&value);
    assert_eq!(status, 200, "{added}");
    assert_eq!(server.names(), ["report.txt", "takeaways.corrections.toml", "takeaways.txt"]);
    let venue = json!({ "form": "value", "entity": "harbour-forum-2031", "field": "venue", "value": "Net Loft" });
    assert_eq!(server.add(&venue).0, 200);
    assert!(server.file().is_some_and(|file| file.contains("Net Loft")), "the edition is that of the report");
}

#[test]
fn the_forms_are_filled_with_what_is_there() {
    let server = Server::new();
    let place = json!({ "source": "report", "line": 10, "column": 0, "end_line": 10, "end_column": 6 });
    let (status, phrase) = server.post("phrase", &place);
    assert_eq!((status, &phrase["find"], &phrase["before"]), (200, &json!("Ada Brnu"), &json!("")));
    let (status, value) = server.post("value", &json!({ "entity": "harbour-forum-2031", "field": "year" }));
    assert_eq!((status, &value["value"], &value["standing"]), (200, &json!(2031), &Value::Null));
    assert!(value["fields"].as_array().is_some_and(|fields| fields.contains(&json!("organiser"))), "{value}");
    assert_eq!(server.post("value", &json!({ "entity": "nobody", "field": "year" })).0, 422);
    let nowhere = json!({ "source": "report", "line": 999, "column": 0, "end_line": 999, "end_column": 6 });
    assert_eq!(server.post("phrase", &nowhere).0, 422);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_folder() {
    let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(folder.path().join("report.txt"), REPORT).expect("is written");
    let target = elsewhere.path().join("secret.toml");
    std::os::unix::fs::symlink(&target, folder.path().join("report.corrections.toml")).expect("a link");
    let output = serve(folder.path(), &["report.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no links"), "{output:?}");
    assert_eq!(serve(folder.path(), &["-"]).status.code(), Some(2), "standard input is in no folder");
    assert!(!target.exists());
}

#[cfg(unix)]
fn serve(folder: &Path, sources: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("review").args(sources).args(["--serve", "--no-config"]).current_dir(folder);
    command.stdin(Stdio::null()).output().expect("the command is there")
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    let mut server = Server::new();
    let id = server.process.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("there is such a command").success());
    assert_eq!(server.process.wait().expect("it ends").code(), Some(0));
}
