//! Pages as a desktop publishes them, and as somebody without a browser asks for them.

use fulcrum_relay::PageId;
use fulcrum_relay::client::Incoming;
use fulcrum_relay::clock::DAY_MS;
use fulcrum_relay::page::{AnswerNonce, Content, NonceDigest, PageKey, PostedAnswer};
use fulcrum_relay::protocol::{AnswerTo, Refusal};
use fulcrum_relay::server::Limits;

use crate::sender::JSON;
use crate::world::{Answer, DAY, Desktop, NOW_MS, World, next};

/// Publishes `ciphertext` for a day; returns the path that the relay gives it.
async fn publish(
    desktop: &mut Desktop,
    page: PageId,
    ciphertext: Vec<u8>,
    nonce: Option<NonceDigest>,
) -> Result<String, Refusal> {
    let endpoint = desktop.endpoint;
    let form = nonce.map(|nonce| AnswerTo { endpoint, nonce });
    desktop
        .session
        .publish(page, ciphertext, NOW_MS + DAY_MS, form);
    outcome(desktop).await
}

async fn outcome(desktop: &mut Desktop) -> Result<String, Refusal> {
    match next(&mut desktop.session).await {
        Incoming::Published { url, .. } => Ok(url.path().to_owned()),
        Incoming::Unpublished { page } => Ok(page.to_string()),
        Incoming::PageRefused { reason, .. } => Err(reason),
        other => panic!("instead of an outcome: {other:?}"),
    }
}

async fn get(world: &World, path: &str) -> Answer {
    world.request("GET", path, "", b"").await
}

async fn answer(world: &World, path: &str, nonce: &AnswerNonce) -> u16 {
    let posted = PostedAnswer {
        nonce: nonce.clone(),
        sealed: b"sealed in a browser".to_vec(),
    };
    let body = serde_json::to_vec(&posted).unwrap();
    world.request("POST", path, JSON, &body).await.status
}

fn body(answer: &Answer) -> &str {
    answer.text.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn a_page_is_shown_replaced_and_removed_and_outlives_a_restart() {
    let mut world = World::start().await;
    let mut desktop = world.desktop().await;
    let id = PageId::random();
    let path = publish(&mut desktop, id, vec![0xff; 30], None)
        .await
        .unwrap();
    assert_eq!(path, format!("/p/{id}"));
    assert!(get(&world, &path).await.text.contains(&"/".repeat(40)));
    publish(&mut desktop, id, vec![0; 30], None).await.unwrap();
    world.restart().await;
    let shown = get(&world, &path).await;
    assert!(shown.text.contains(&"A".repeat(40)) && !shown.text.contains(&"/".repeat(40)));

    desktop.reconnect(&world).await;
    for _ in 0..2 {
        desktop.session.unpublish(id);
        assert_eq!(outcome(&mut desktop).await, Ok(id.to_string()));
    }
    assert_eq!(get(&world, &path).await.status, 404);
    publish(&mut desktop, id, vec![0; 30], None).await.unwrap();
    assert_eq!(get(&world, &path).await.status, 200);
}

#[tokio::test]
async fn a_page_comes_with_strict_headers_and_without_a_cookie() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let path = publish(&mut desktop, PageId::random(), vec![1], None)
        .await
        .unwrap();
    for (method, path, status) in [
        ("GET", &path, 200),
        ("HEAD", &path, 200),
        ("GET", &"/p/x".into(), 404),
    ] {
        let answer = world.request(method, path, "", b"").await;
        assert_eq!(answer.status, status);
        let head = answer.text.split_once("\r\n\r\n").unwrap().0.to_lowercase();
        for header in [
            "cache-control: no-store",
            "content-security-policy: default-src 'none'; script-src 'sha256-",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "x-robots-tag: noindex",
        ] {
            assert!(head.contains(header), "{header} of {head}");
        }
        assert!(
            !head.contains("unsafe") && !head.contains("set-cookie"),
            "{head}"
        );
    }
    let page = get(&world, &path).await;
    assert!(
        !body(&page).contains("http"),
        "nothing of another site is loaded"
    );
}

#[tokio::test]
async fn what_is_not_a_page_gets_one_answer_whatever_the_reason() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let [removed, expired] = [0, 1].map(|_| PageId::random());
    for id in [removed, expired] {
        publish(&mut desktop, id, vec![1], None).await.unwrap();
    }
    desktop.session.unpublish(removed);
    outcome(&mut desktop).await.unwrap();
    world.clock.advance(DAY);
    let shown = PageId::random();
    desktop
        .session
        .publish(shown, vec![1], NOW_MS + 2 * DAY_MS, None);
    outcome(&mut desktop).await.unwrap();
    let upper = shown.to_string().to_uppercase();
    let mut bodies = Vec::new();
    for path in [
        format!("/p/{}", PageId::random()),
        format!("/p/{removed}"),
        format!("/p/{expired}"),
        format!("/p/{upper}"),
        format!("/p/{shown}/"),
        format!("/p/%61{shown}"),
        format!("/p/../p/{shown}"),
        "/p/%ff".into(),
    ] {
        let answer = get(&world, &path).await;
        assert_eq!(answer.status, 404, "{path}");
        bodies.push(body(&answer).to_owned());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert_eq!(get(&world, &format!("/p/{shown}")).await.status, 200);
}

#[tokio::test]
async fn an_address_stays_with_the_key_that_came_first_even_when_nothing_is_shown_there() {
    let world = World::start().await;
    let (mut owner, mut thief) = (world.desktop().await, world.desktop().await);
    let id = PageId::random();
    let path = publish(&mut owner, id, vec![0xff; 30], None).await.unwrap();
    for _ in 0..2 {
        let taken = publish(&mut thief, id, vec![0; 30], None).await;
        assert_eq!(taken, Err(Refusal::PageTaken));
        thief.session.unpublish(id);
        assert_eq!(outcome(&mut thief).await, Err(Refusal::PageUnknown));
        owner.session.unpublish(id);
        outcome(&mut owner).await.unwrap();
    }
    assert_eq!(get(&world, &path).await.status, 404);
}

#[tokio::test]
async fn a_page_that_is_too_large_too_old_too_lasting_or_one_too_many_is_refused() {
    let limits = Limits {
        device_pages: 1,
        ..Limits::default()
    };
    let world = World::with(limits.clone()).await;
    let mut desktop = world.desktop().await;
    let id = PageId::random();
    let large = vec![0; limits.page_bytes + 1];
    assert_eq!(
        publish(&mut desktop, id, large, None).await,
        Err(Refusal::PageSize)
    );
    for expires in [i64::MIN, 0, NOW_MS, NOW_MS + 500 * DAY_MS, i64::MAX] {
        desktop.session.publish(id, vec![1], expires, None);
        assert_eq!(outcome(&mut desktop).await, Err(Refusal::PageExpiry));
    }
    let largest = vec![0; limits.page_bytes];
    publish(&mut desktop, id, largest, None).await.unwrap();
    let more = publish(&mut desktop, PageId::random(), vec![1], None).await;
    assert_eq!(more, Err(Refusal::PageLimit));
    publish(&mut desktop, id, vec![1], None)
        .await
        .expect("replacing takes no place");
    desktop.session.unpublish(id);
    outcome(&mut desktop).await.unwrap();
    publish(&mut desktop, PageId::random(), vec![1], None)
        .await
        .expect("a removed page gives its place back");
}

#[tokio::test]
async fn the_form_of_a_page_names_an_endpoint_of_the_same_desktop() {
    let world = World::start().await;
    let (mut one, other) = (world.desktop().await, world.desktop().await);
    let form = AnswerTo {
        endpoint: other.endpoint,
        nonce: AnswerNonce::random().digest(),
    };
    one.session
        .publish(PageId::random(), vec![1], NOW_MS + 1, Some(form));
    assert_eq!(outcome(&mut one).await, Err(Refusal::EndpointUnknown));
}

#[tokio::test]
async fn an_answer_arrives_once_as_an_event_with_the_path_of_the_page() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let nonce = AnswerNonce::random();
    let id = PageId::random();
    let path = publish(&mut desktop, id, vec![1], Some(nonce.digest()))
        .await
        .unwrap();
    assert_eq!(answer(&world, &path, &nonce).await, 200);
    assert_eq!(answer(&world, &path, &nonce).await, 409);
    // The same form again does not open it again; another one does.
    desktop.events(1).await;
    publish(&mut desktop, id, vec![1], Some(nonce.digest()))
        .await
        .unwrap();
    assert_eq!(answer(&world, &path, &nonce).await, 409);
    let another = AnswerNonce::random();
    publish(&mut desktop, id, vec![1], Some(another.digest()))
        .await
        .unwrap();
    assert_eq!(
        answer(&world, &path, &nonce).await,
        404,
        "that form is gone"
    );
    assert_eq!(answer(&world, &path, &another).await, 200);
    let event = &desktop.events(1).await[0];
    let delivery = desktop.open(event);
    assert_eq!((delivery.method.as_str(), delivery.path), ("POST", path));
    let posted: PostedAnswer = serde_json::from_slice(&delivery.body).unwrap();
    assert_eq!(posted.nonce, another);
    assert_eq!(world.metric("fulcrum_relay_page_answers_total").await, 2);
    assert_eq!(world.metric("fulcrum_relay_events_accepted_total").await, 2);
    let rejected = async |reason| {
        let name = format!("fulcrum_relay_requests_rejected_total{{reason=\"{reason}\"}}");
        world.metric(&name).await
    };
    assert_eq!(rejected("answered").await, 2);
    let before = rejected("unknown").await;
    get(&world, "/p/x").await;
    assert_eq!(rejected("unknown").await, before + 1);
}

#[tokio::test]
async fn an_answer_to_what_is_no_form_or_with_a_wrong_nonce_gets_the_404_of_a_page() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let nonce = AnswerNonce::random();
    let plain = publish(&mut desktop, PageId::random(), vec![1], None)
        .await
        .unwrap();
    let form = publish(
        &mut desktop,
        PageId::random(),
        vec![1],
        Some(nonce.digest()),
    )
    .await
    .unwrap();
    assert_eq!(answer(&world, &plain, &nonce).await, 404);
    assert_eq!(answer(&world, &form, &AnswerNonce::random()).await, 404);
    assert_eq!(answer(&world, "/p/x", &nonce).await, 404);
    for (head, body, status) in [
        ("", &b"{}"[..], 415),
        (JSON, b"{}", 400),
        (JSON, b"{\"nonce\":\"AA==\",\"sealed\":\"\"}", 400),
        (JSON, &vec![b' '; 70_000], 413),
    ] {
        for path in [&form, "/p/x"] {
            let answer = world.request("POST", path, head, body).await;
            assert_eq!(answer.status, status, "the same with a page and without");
        }
    }
    assert_eq!(world.metric("fulcrum_relay_events_waiting").await, 0);
    desktop.session.retire(desktop.endpoint);
    next(&mut desktop.session).await;
    assert_eq!(answer(&world, &form, &nonce).await, 404);
}

#[tokio::test]
async fn one_desktop_cannot_fill_the_table_with_addresses_that_show_nothing() {
    let limits = Limits {
        device_pages: 1,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    let mut last = PageId::random();
    for _ in 0..100 {
        last = PageId::random();
        publish(&mut desktop, last, vec![1], None).await.unwrap();
        desktop.session.unpublish(last);
        outcome(&mut desktop).await.unwrap();
    }
    let one_more = publish(&mut desktop, PageId::random(), vec![1], None).await;
    assert_eq!(one_more, Err(Refusal::PageLimit));
    let again = publish(&mut desktop, last, vec![1], None).await;
    assert!(again.is_ok(), "what is its own already");
}

#[tokio::test]
async fn a_guesser_is_slowed_down() {
    let limits = Limits {
        client_burst: 3.try_into().unwrap(),
        client_rate: 1.try_into().unwrap(),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(
            get(&world, &format!("/p/{}", PageId::random()))
                .await
                .status,
        );
    }
    assert!(
        statuses[..3].iter().all(|status| *status == 404),
        "{statuses:?}"
    );
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn pages_with_a_host_of_their_own_are_shown_there_only_and_nothing_else_is() {
    let mut world = World::start().await;
    world.pages_url = Some("https://pages.example".parse().unwrap());
    world.restart().await;
    let mut desktop = world.desktop().await;
    let content = Content {
        title: String::new(),
        paragraphs: Vec::new(),
        form: None,
    };
    let id = PageId::random();
    let ciphertext = PageKey::generate().encrypt(id, &content);
    let path = publish(&mut desktop, id, ciphertext, None).await.unwrap();
    let endpoint = format!("/e/{}", desktop.endpoint);
    for (host, method, path, status) in [
        ("pages.example", "GET", path.as_str(), 200),
        ("relay", "GET", &path, 404),
        ("pages.example", "POST", &endpoint, 404),
        ("relay", "POST", &endpoint, 200),
        ("Pages.Example:443", "GET", &path, 200),
        ("pages.example:444", "GET", &path, 404),
        ("pages example", "GET", &path, 404),
        ("Pages.Example:443", "POST", &endpoint, 404),
        ("pages.example", "GET", "/metrics", 404),
        ("pages.example", "GET", "/desktop", 404),
        ("relay", "GET", "/metrics", 200),
    ] {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{JSON}content-length: 2\r\n\r\n{{}}"
        );
        let answer = world.raw(request.as_bytes()).await;
        assert_eq!(answer.status, status, "{method} {path} at {host}");
    }
}
