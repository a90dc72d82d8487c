use secrecy::ExposeSecret;
use serde_json::json;

use crate::lever::Error;
use crate::lever::stub::{self, Stub, answer};

const ID: &str = "3f0c5a4e-7a53-4a8e-9d0a-0c2f7a1ba001";

#[tokio::test]
async fn a_webhook_is_made_whichever_way_lever_wraps_the_answer() {
    let token = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";
    let made = json!({ "id": ID, "configuration": { "signatureToken": token } });
    for body in [json!({ "data": made }), json!({ "data": { "data": made } })] {
        let lever = Stub::start(move |_, _| stub::json(&body)).await;
        let url = "https://hooks.example.com/1".parse().unwrap();
        let made = lever.client().make_webhook("candidateHired", &url).await;
        let made = made.unwrap_or_else(|problem| panic!("{problem:?}"));
        assert_eq!(made.id.as_str(), ID);
        assert_eq!(made.signature_token.unwrap().expose_secret(), token);
        let [asked] = &*lever.asked() else {
            panic!("it is made once");
        };
        assert_eq!((&*asked.method, &*asked.path), ("POST", "/webhooks"));
        assert!(asked.body.contains("candidateHired"), "{}", asked.body);
    }
}

#[tokio::test]
async fn an_answer_without_a_signature_token_is_told_apart() {
    for configuration in [json!({}), json!(null), json!({ "signatureToken": "" })] {
        let body = json!({ "data": { "id": ID, "configuration": configuration } });
        let lever = Stub::start(move |_, _| stub::json(&body)).await;
        let url = "https://hooks.example.com/1".parse().unwrap();
        let made = lever.client().make_webhook("candidateHired", &url).await;
        assert!(
            made.unwrap_or_else(|problem| panic!("{problem:?}"))
                .signature_token
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_webhook_that_is_gone_counts_as_deleted() {
    for gone in [204, 404] {
        let lever = Stub::start(move |_, _| answer(gone, "")).await;
        lever.client().delete_webhook(ID).await.unwrap();
        let [asked] = &*lever.asked() else {
            panic!("it is deleted once");
        };
        assert_eq!(asked.method, "DELETE");
        assert_eq!(asked.path, format!("/webhooks/{ID}"));
    }
}

#[tokio::test]
async fn without_the_permission_a_webhook_stays_and_the_permission_is_named() {
    let lever = Stub::start(|_, _| answer(403, "")).await;
    let refused = lever.client().delete_webhook(ID).await.unwrap_err();
    assert!(matches!(refused, Error::Forbidden { .. }));
    assert!(
        refused.to_string().contains("webhooks:write:admin"),
        "{refused}"
    );
}
