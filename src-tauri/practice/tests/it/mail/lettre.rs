//! Mails sent with lettre, a client that others wrote.

use fulcrum_practice::{SMTP_PASSWORD, SMTP_USER};
use lettre::address::Envelope;
use lettre::message::{Attachment, Mailbox as Person, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use super::{Mailbox, mails, source};
use crate::world::{World, send};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn in_clear(mailbox: &Mailbox) -> Transport {
    Transport::builder_dangerous("127.0.0.1")
        .port(mailbox.address.port())
        .build()
}

/// A client that trusts the practice certificate and nothing else for it.
async fn encrypted(world: &World, mailbox: &Mailbox, password: &str) -> Transport {
    let pem = send(world.get("/practice/mail-certificate")).await;
    let certificate = Certificate::from_pem(&pem.bytes().await.unwrap()).unwrap();
    let trust = TlsParameters::builder("127.0.0.1".to_owned())
        .add_root_certificate(certificate)
        .build_rustls()
        .unwrap();
    Transport::builder_dangerous("127.0.0.1")
        .port(mailbox.address.port())
        .tls(Tls::Required(trust))
        .credentials(Credentials::new(SMTP_USER.to_owned(), password.to_owned()))
        .authentication(vec![Mechanism::Plain])
        .build()
}

fn person(text: &str) -> Person {
    text.parse().unwrap()
}

#[tokio::test]
async fn text_html_attachments_and_hidden_recipients_arrive() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let pdf = ContentType::parse("application/pdf").unwrap();
    let mail = Message::builder()
        .from(person("Ola Bjørn <ola@example.com>"))
        .to(person("Rosa <rosa@example.com>"))
        .cc(person("cc@example.com"))
        .bcc(person("hidden@example.com"))
        .subject("Välkommen, Rosa")
        .multipart(
            MultiPart::mixed()
                .multipart(MultiPart::alternative_plain_html(
                    "Hej Rosa".to_owned(),
                    "<p>Hej <b>Rosa</b></p>".to_owned(),
                ))
                .singlepart(
                    Attachment::new("avtal ö.pdf".to_owned()).body(vec![0_u8, 255, 13, 10], pdf),
                ),
        )
        .unwrap();
    in_clear(&mailbox).send(mail).await.unwrap();

    let mail = mails(&world).await.remove(0);
    assert_eq!(mail["subject"], "Välkommen, Rosa");
    assert_eq!(mail["from"], "Ola Bjørn <ola@example.com>");
    assert_eq!(mail["text"].as_str().unwrap().trim(), "Hej Rosa");
    assert_eq!(
        mail["html"].as_str().unwrap().trim(),
        "<p>Hej <b>Rosa</b></p>"
    );
    let file =
        json!({"name": "avtal ö.pdf", "type": "application/pdf", "size": 4, "content": "AP8NCg=="});
    assert_eq!(mail["attachments"], json!([file]));
    let everyone = json!(["rosa@example.com", "cc@example.com", "hidden@example.com"]);
    assert_eq!(mail["envelope"]["to"], everyone);
    assert!(
        !String::from_utf8(source(&mail))
            .unwrap()
            .contains("hidden@")
    );
}

#[tokio::test]
async fn a_client_that_trusts_the_certificate_signs_in_over_starttls() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    world.switch(json!({"smtp_sign_in": true})).await;
    let envelope = Envelope::new(None, vec!["b@example.com".parse().unwrap()]).unwrap();
    let refused = encrypted(&world, &mailbox, "wrong").await;
    let refused = refused.send_raw(&envelope, b"x\r\n").await.unwrap_err();
    assert_eq!(refused.status().map(u16::from), Some(535));
    let transport = encrypted(&world, &mailbox, SMTP_PASSWORD).await;
    transport.send_raw(&envelope, b"x\r\n").await.unwrap();
    let route = mails(&world).await[0]["route"].clone();
    assert_eq!(route["encrypted"], true);
    assert_eq!(route["user"], SMTP_USER);
}

#[tokio::test]
async fn a_client_that_does_not_know_the_certificate_sends_nothing() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let strict = TlsParameters::new_rustls("127.0.0.1".to_owned()).unwrap();
    let transport = Transport::builder_dangerous("127.0.0.1")
        .port(mailbox.address.port())
        .tls(Tls::Required(strict))
        .build();
    let envelope = Envelope::new(None, vec!["b@example.com".parse().unwrap()]).unwrap();
    assert!(transport.send_raw(&envelope, b"x\r\n").await.is_err());
    assert!(mails(&world).await.is_empty());
}

#[tokio::test]
async fn a_line_break_in_a_subject_makes_no_header_field() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mail = Message::builder()
        .from(person("a@example.com"))
        .to(person("b@example.com"))
        .subject("Welcome\r\nBcc: everyone@example.com\r\n\r\n<b>body</b>")
        .singlepart(SinglePart::plain("text".to_owned()))
        .unwrap();
    in_clear(&mailbox).send(mail).await.unwrap();
    let mail = mails(&world).await.remove(0);
    let names = mail["headers"].as_array().unwrap().iter();
    assert!(names.clone().all(|header| header[0] != "Bcc"), "{mail}");
    assert_eq!(mail["envelope"]["to"], json!(["b@example.com"]));
}

/// Lines of a mail, one at least: dots, long lines, any byte but CR and LF.
fn any_mail() -> impl Strategy<Value = Vec<u8>> {
    let byte = any::<u8>().prop_filter("no line end", |byte| !b"\r\n".contains(byte));
    let line = prop_oneof![
        Just(b".".to_vec()),
        Just(b"..".to_vec()),
        Just(Vec::new()),
        Just(vec![b'.'; 998]),
        prop::collection::vec(byte.clone(), 0..40),
        prop::collection::vec(byte, 0..40).prop_map(|line| [b".", &line[..]].concat()),
    ];
    prop::collection::vec(line, 1..12).prop_map(|lines| {
        let mut mail = Vec::new();
        for line in lines {
            mail.extend_from_slice(&line);
            mail.extend_from_slice(b"\r\n");
        }
        mail
    })
}

#[test]
fn any_mail_comes_back_byte_for_byte() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::start());
    let mailbox = runtime.block_on(Mailbox::of(&world));
    let envelope = Envelope::new(None, vec!["b@example.com".parse().unwrap()]).unwrap();
    let config = Config::default();
    let config = Config {
        cases: config.cases.min(500),
        ..config
    };
    let outcome = TestRunner::new(config).run(&any_mail(), |mail| {
        let came = runtime.block_on(async {
            let cleared = world.http.delete(format!("{}/practice/mails", world.url));
            send(cleared).await;
            // lettre puts a line end of its own at the end of every mail.
            let sent = mail.strip_suffix(b"\r\n").unwrap();
            in_clear(&mailbox).send_raw(&envelope, sent).await.unwrap();
            source(&mails(&world).await[0])
        });
        prop_assert_eq!(came, mail);
        Ok(())
    });
    outcome.unwrap();
}
