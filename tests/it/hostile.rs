//! What anybody on the internet can send to the one address that Fulcrum has there.

use fulcrum_tests::{TestWorld, text};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn junk_gets_4xx_and_a_genuine_hire_after_it_still_arrives() {
    let (world, webhook) = TestWorld::ready().await;
    let http = world.world.http();
    let url = &webhook.url;
    let json_type = ("content-type", "application/json");
    let status = |request: reqwest::RequestBuilder| async {
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(
        status(
            http.post(url)
                .header(json_type.0, json_type.1)
                .body("x".repeat(1_000_001))
        )
        .await,
        413
    );
    assert_eq!(
        status(
            http.post(url)
                .header(json_type.0, json_type.1)
                .body("{\"a\":")
        )
        .await,
        400
    );
    assert_eq!(
        status(
            http.post(url)
                .header(json_type.0, json_type.1)
                .body("[".repeat(10_000))
        )
        .await,
        400
    );
    assert_eq!(
        status(
            http.post(url)
                .header(json_type.0, json_type.1)
                .body(vec![0xff, 0xfe])
        )
        .await,
        400
    );
    assert_eq!(status(http.post(url).body("{}")).await, 415);
    assert_eq!(status(http.get(url)).await, 405);
    let (base, id) = url.rsplit_once('/').unwrap();
    let guess = format!("{base}/{}", "a".repeat(id.len()));
    assert_eq!(
        status(http.post(guess).header(json_type.0, json_type.1).body("{}")).await,
        404
    );

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_sender_that_never_finishes_does_not_hold_up_another() {
    let (world, webhook) = TestWorld::ready().await;
    let url = url::Url::parse(&webhook.url).unwrap();
    let address = (url.host_str().unwrap(), url.port().unwrap());
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{",
            url.path(),
            address.0
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        slow.push(socket);
    }
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_name_full_of_markup_and_formulas_stays_a_name() {
    let (world, _) = TestWorld::ready().await;
    let name =
        "=HYPERLINK(\"x\") <script>alert(1)</script> {{7*7}} \u{202e}\0'; DROP TABLE people;--";
    let opportunity = world.candidate(name, &["odd@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let people = world.people(1).await;
    assert!(
        text(&people[0], "name").contains("<script>alert(1)</script>"),
        "kept as text: {}",
        people[0]
    );
    let found = world
        .call("people.list", json!({ "search": "drop table" }))
        .await;
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn commands_with_odd_requests_answer_in_words() {
    let world = TestWorld::new().await;
    for (name, request) in [
        ("people.show", json!({ "id": 7 })),
        ("people.show", json!([])),
        ("people.show", json!({ "id": "../../etc/passwd" })),
        ("no.such.command", json!({})),
        ("workflows.show", json!({ "id": "" })),
        (
            "listeners.begin",
            json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "offerSigned" }),
        ),
        (
            "listeners.begin",
            json!({ "integration": "onboarding", "workflow_id": "nowhere", "event": "candidateHired" }),
        ),
        ("attention.retry", json!({ "id": "x" })),
        (
            "settings.save",
            json!({ "relay_url": "ftp://example.com", "callback_ports": [45110] }),
        ),
        (
            "settings.save",
            json!({ "relay_url": "http://relay.example.com", "callback_ports": [45110] }),
        ),
        (
            "settings.save",
            json!({ "relay_url": null, "callback_ports": [] }),
        ),
        (
            "settings.save",
            json!({ "relay_url": null, "callback_ports": [80] }),
        ),
        (
            "mappings.sample",
            json!({ "subject": { "kind": "email", "email": "a" } }),
        ),
        (
            "mappings.preview",
            json!({ "opportunity_id": "nobody", "rules": { "rules": [] } }),
        ),
        (
            "connections.validate",
            json!({ "integration": "onboarding" }),
        ),
    ] {
        let refused = world.try_call(name, request.clone()).await.unwrap_err();
        assert!(!refused.message.is_empty(), "{name} {request}");
        assert_ne!(
            refused.code,
            fulcrum_core::api::error::ErrorCode::Internal,
            "{name} {request}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn the_headless_engine_answers_nobody_without_its_token() {
    let world = TestWorld::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let gate = fulcrum_cli::serve::Gate::new(&listener).unwrap();
    let token = gate.token().to_owned();
    let served = fulcrum_cli::serve::serve(
        world.engine().clone(),
        listener,
        gate,
        std::future::pending(),
    );
    let task = tokio::spawn(served);
    let http = world.world.http();
    let call = || {
        http.post(format!("http://{address}/rpc"))
            .json(&json!({ "name": "app.status" }))
    };
    let status = |request: reqwest::RequestBuilder| async {
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(call()).await, 401);
    assert_eq!(status(call().bearer_auth("wrong")).await, 401);
    assert_eq!(
        status(call().bearer_auth(&token).header("host", "localhost:1")).await,
        421
    );
    assert_eq!(
        status(
            call()
                .bearer_auth(&token)
                .header("origin", "https://evil.example")
        )
        .await,
        403
    );
    let answer: serde_json::Value = call()
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["ok"]["vault"]["kind"], "open");
    let refused = json!({ "name": "people.show", "payload": { "id": "x" } });
    let answer: serde_json::Value = http
        .post(format!("http://{address}/rpc"))
        .json(&refused)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["error"]["code"], "not_found");
    task.abort();
}

#[tokio::test]
async fn a_half_request_to_the_redirect_address_does_not_hold_up_the_sign_in() {
    let world = TestWorld::new().await;
    let request = fulcrum_cli::demo::sign_in_request("onboarding");
    let sign_in = world.call("connections.sign_in", request).await;
    let url = url::Url::parse(text(&sign_in, "redirect_uri")).unwrap();
    let mut silent = TcpStream::connect((url.host_str().unwrap(), url.port().unwrap()))
        .await
        .unwrap();
    silent.write_all(b"GET /callback?sta").await.unwrap();
    world
        .visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await
        .unwrap();
    let connection = world
        .call("connections.wait", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(text(&connection, "state"), "connected_not_validated");
    let mut rest = Vec::new();
    let ended = silent.read_to_end(&mut rest).await;
    assert!(
        ended.is_err() || rest.is_empty() || rest.starts_with(b"HTTP/1.1 4"),
        "the half request gets nothing"
    );
}
