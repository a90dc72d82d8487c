//! The SMTP server spoken to byte by byte, as RFC 5321 has it and as it must not be.

use serde_json::json;

use super::{Mailbox, Wire, mails, source};
use crate::world::{World, send};

#[tokio::test]
async fn a_mail_goes_through_the_commands_of_rfc_5321() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.connect().await;
    let offered = wire.expect("EHLO test.example", "250").await;
    for extension in [
        "PIPELINING",
        "8BITMIME",
        "SMTPUTF8",
        "SIZE 26214400",
        "STARTTLS",
    ] {
        assert!(offered.contains(extension), "{extension}: {offered}");
    }
    assert!(!offered.contains("AUTH"), "{offered}");
    wire.expect("noop", "250").await;
    wire.expect("VRFY somebody", "252").await;
    wire.expect("HELP", "214").await;
    wire.expect("MAIL FROM:<a@example.com> SIZE=100 BODY=8BITMIME", "250")
        .await;
    wire.expect("RCPT TO:<b@example.com>", "250").await;
    wire.expect("RCPT TO:<Postmaster>", "250").await;
    wire.expect("DATA", "354").await;
    wire.expect("Subject: one\r\n\r\n..dot\r\n.", "250").await;
    wire.expect("MAIL FROM:<>", "250").await;
    wire.expect("RSET", "250").await;
    wire.expect("DATA", "503").await;
    wire.expect("QUIT", "221").await;
    assert!(wire.is_closed().await);

    let mails = mails(&world).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(source(&mails[0]), b"Subject: one\r\n\r\n.dot\r\n");
    let envelope = json!({"from": "a@example.com", "to": ["b@example.com", "postmaster"]});
    assert_eq!(mails[0]["envelope"], envelope);
    let route = json!({"by": "smtp", "client": "test.example", "encrypted": false, "user": null});
    assert_eq!(mails[0]["route"], route);
}

#[tokio::test]
async fn commands_out_of_order_or_out_of_form_are_refused_and_change_nothing() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.connect().await;
    wire.expect("MAIL FROM:<a@example.com>", "503").await;
    wire.expect("EHLO test.example", "250").await;
    for (command, code) in [
        ("RCPT TO:<b@example.com>", "503"),
        ("DATA", "503"),
        ("MAIL FROM:a@example.com", "501"),
        ("MAIL FROM:<not-an-address>", "501"),
        ("MAIL FROM:<a@example.com> RET=FULL", "555"),
        ("MAIL FROM:<a@example.com> FOO=1", "555"),
        ("MAIL FROM:<a@example.com> SIZE=26214401", "552"),
        ("MAIL FROM:<jörg@example.com>", "553"),
        ("BDAT 5 LAST", "502"),
        ("EXPN staff", "502"),
        ("AUTH PLAIN", "502"),
        ("FROBNICATE", "500"),
        ("", "500"),
    ] {
        wire.expect(command, code).await;
    }
    wire.expect("MAIL FROM:<jörg@example.com> SMTPUTF8", "250")
        .await;
    wire.expect("MAIL FROM:<b@example.com>", "503").await;
    wire.expect("RCPT TO:<>", "501").await;
    wire.expect("DATA", "554").await;
    wire.expect("RCPT TO:<ü@example.com>", "250").await;
    wire.expect("DATA", "354").await;
    wire.expect("x\r\n.", "250").await;
    let mails = mails(&world).await;
    assert_eq!(mails.len(), 1);
    let envelope = json!({"from": "jörg@example.com", "to": ["ü@example.com"]});
    assert_eq!(mails[0]["envelope"], envelope);
}

#[tokio::test]
async fn commands_sent_ahead_are_answered_in_order() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = Wire::open(mailbox.address).await;
    // Before the greeting, and all in one packet.
    wire.write(
        "MAIL FROM:<early@example.com>\r\nEHLO x\r\nMAIL FROM:<a@example.com>\r\n\
         RCPT TO:<b@example.com>\r\nDATA\r\nSubject: piped\r\n\r\n.\r\nQUIT\r\n",
    )
    .await;
    for code in ["220", "503", "250", "250", "250", "354", "250", "221"] {
        let reply = wire.reply().await;
        assert!(reply.starts_with(code), "{code}: {reply}");
    }
    assert!(wire.is_closed().await);
    assert_eq!(mails(&world).await[0]["subject"], "piped");
}

#[tokio::test]
async fn no_mail_can_be_smuggled_in_behind_another() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    for end in [
        "\n.\r\n",
        "\n.\n",
        "\r\n.\n",
        "\r.\r\n",
        "\r\n.\r\r\n",
        "\r\n\0.\n",
    ] {
        let mut wire = mailbox.greeted().await;
        wire.begin_mail().await;
        let inner = "MAIL FROM:<evil@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nx\r\n.\r\n";
        wire.write(format!("Subject: outer\r\n\r\nhi{end}{inner}"))
            .await;
        assert!(wire.reply().await.starts_with("521"), "{end:?}");
        assert!(wire.is_closed().await, "{end:?}");
    }
    assert!(mails(&world).await.is_empty());
}

#[tokio::test]
async fn a_bare_line_feed_ends_no_command() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.write("NOOP\n").await;
    assert!(wire.reply().await.starts_with("521"));
    assert!(wire.is_closed().await);
}

#[tokio::test]
async fn an_endless_or_binary_command_is_refused_and_the_next_one_works() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.expect(&format!("NOOP {}", "x".repeat(100_000)), "500")
        .await;
    wire.write(b"NOOP \0\r\n").await;
    assert!(wire.reply().await.starts_with("500"));
    wire.write(b"MAIL FROM:<\xff@example.com>\r\n").await;
    assert!(wire.reply().await.starts_with("500"));
    wire.expect("NOOP", "250").await;
}

#[tokio::test]
async fn a_client_that_only_makes_mistakes_is_sent_away() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    for _ in 0..20 {
        wire.expect("GET / HTTP/1.1", "500").await;
    }
    assert!(wire.reply().await.starts_with("421"));
    assert!(wire.is_closed().await);
}

#[tokio::test]
async fn long_lines_and_large_mails_are_refused_at_their_end() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.begin_mail().await;
    wire.expect(&format!("{}\r\n.", "x".repeat(999)), "554")
        .await;
    wire.begin_mail().await;
    let line = format!("{}\r\n", "x".repeat(998));
    wire.expect(&format!("{}.", line.repeat(26_215)), "552")
        .await;
    wire.begin_mail().await;
    wire.expect(&format!("{line}."), "250").await;
    assert_eq!(mails(&world).await.len(), 1);
}

#[tokio::test]
async fn bytes_beyond_ascii_are_kept_as_they_are() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.begin_mail().await;
    let mail = b"Subject: \xc3\xa9\r\n\r\nlatin \xe9 nul \0 esc \x1b\r\n";
    wire.write(mail).await;
    wire.expect(".", "250").await;
    assert_eq!(source(&mails(&world).await[0]), mail);
}

#[tokio::test]
async fn a_mail_has_a_hundred_recipients_and_no_more() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.expect("MAIL FROM:<a@example.com>", "250").await;
    for number in 0..100 {
        wire.expect(&format!("RCPT TO:<b{number}@example.com>"), "250")
            .await;
    }
    wire.expect("RCPT TO:<b100@example.com>", "452").await;
    wire.expect("DATA", "354").await;
    wire.expect(".", "250").await;
    let to = mails(&world).await[0]["envelope"]["to"].clone();
    assert_eq!(to.as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_of_a_mail_leaves_none() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.begin_mail().await;
    wire.write("Subject: half\r\n\r\nha").await;
    drop(wire);
    mailbox.greeted().await.expect("QUIT", "221").await;
    assert!(mails(&world).await.is_empty());
}

#[tokio::test]
async fn nothing_sent_in_clear_counts_after_starttls() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.write("STARTTLS\r\nMAIL FROM:<evil@example.com>\r\n")
        .await;
    assert!(wire.reply().await.starts_with("501"));
    assert!(wire.reply().await.starts_with("250"));
    world.switch(json!({"smtp_starttls": false})).await;
    wire.expect("STARTTLS", "502").await;
}

#[tokio::test]
async fn a_password_is_taken_in_clear_only_where_there_is_no_starttls() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    world.switch(json!({"smtp_sign_in": true})).await;
    let mut wire = mailbox.greeted().await;
    wire.expect("MAIL FROM:<a@example.com>", "530").await;
    wire.expect("AUTH PLAIN", "538").await;
    world.switch(json!({"smtp_starttls": false})).await;
    let offered = wire.expect("EHLO test.example", "250").await;
    assert!(offered.contains("AUTH PLAIN LOGIN"), "{offered}");
    wire.expect("AUTH CRAM-MD5", "504").await;
    wire.expect("AUTH PLAIN !!!", "501").await;
    wire.expect("AUTH PLAIN AHByYWN0aWNlAHdyb25n", "535").await;
    wire.expect("AUTH LOGIN", "334 VXNlcm5hbWU6").await;
    wire.expect("*", "501").await;
    wire.expect("AUTH LOGIN", "334").await;
    wire.expect("cHJhY3RpY2U=", "334 UGFzc3dvcmQ6").await;
    wire.expect("cHJhY3RpY2UtbWFpbGJveA==", "235").await;
    wire.expect("AUTH PLAIN", "503").await;
    wire.expect("MAIL FROM:<a@example.com>", "250").await;
}

#[tokio::test]
async fn faults_refuse_one_recipient_or_the_whole_mail() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let fault = json!({"kind": "refuse", "at": "rcpt", "status": 550});
    world.control("/mail-faults", fault).await;
    world
        .control("/mail-faults", json!({"kind": "refuse"}))
        .await;
    let mut wire = mailbox.greeted().await;
    wire.expect("MAIL FROM:<a@example.com>", "250").await;
    wire.expect("RCPT TO:<gone@example.com>", "550").await;
    wire.expect("RCPT TO:<b@example.com>", "250").await;
    wire.expect("DATA", "354").await;
    wire.expect("x\r\n.", "451 4.3.0").await;
    assert!(mails(&world).await.is_empty());
    wire.begin_mail().await;
    wire.expect("x\r\n.", "250").await;
    assert_eq!(
        mails(&world).await[0]["envelope"]["to"],
        json!(["b@example.com"])
    );
    let absurd = world
        .post("/practice/mail-faults")
        .json(&json!({"kind": "refuse", "status": 250}));
    assert_eq!(send(absurd).await.status(), 400);
}

#[tokio::test]
async fn a_dropped_answer_leaves_the_mail_in_the_box() {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    world.control("/mail-faults", json!({"kind": "drop"})).await;
    let mut wire = mailbox.greeted().await;
    wire.begin_mail().await;
    wire.write("Subject: did it arrive?\r\n\r\n.\r\n").await;
    assert!(wire.is_closed().await);
    assert_eq!(mails(&world).await[0]["subject"], "did it arrive?");
}
