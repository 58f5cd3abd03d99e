//! As much of HTTP as it takes to talk to a WebDriver on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::{Failure, Result};

/// Sends a request to `host` (`127.0.0.1:4444`); gives back the status and the body.
pub(crate) fn request(host: &str, method: &str, path: &str, body: Option<&Value>) -> Result<(u16, Value)> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(90)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let (status, body) = response(&mut BufReader::new(stream))?;
    Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
}

/// Reads an answer: its status and its body, whole or in chunks.
fn response(stream: &mut impl BufRead) -> Result<(u16, Vec<u8>)> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| Failure::new(format!("not an answer of HTTP: {first:?}")))?;
    let (mut length, mut chunked) = (None, false);
    loop {
        let header = line(stream)?.to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else { break };
        match (name, value.trim()) {
            ("content-length", value) => length = Some(value.parse::<u64>()?),
            ("transfer-encoding", "chunked") => chunked = true,
            _ => {}
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = u64::from_str_radix(line(stream)?.split(';').next().unwrap_or_default().trim(), 16)?;
            if size == 0 {
                break;
            }
            stream.take(size).read_to_end(&mut body)?;
            line(stream)?;
        }
    } else if let Some(length) = length {
        stream.take(length).read_to_end(&mut body)?;
    } else {
        stream.read_to_end(&mut body)?;
    }
    Ok((status, body))
}

/// One line without its end.
fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(u16, Vec<u8>)> {
        response(&mut text.as_bytes())
    }

    #[test]
    fn reads_whole_chunked_and_open_ended_answers() {
        let expected = (200, b"{\"value\":1}".to_vec());
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"value\":1}and more",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"valu\r\n5\r\ne\":1}\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\n\r\n{\"value\":1}",
        ] {
            assert_eq!(read(answer).unwrap(), expected, "{answer}");
        }
        assert!(read("nonsense").is_err());
    }
}
