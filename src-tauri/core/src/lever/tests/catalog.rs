use super::account::{forbidden, serve};
use crate::lever::stub::answer;
use crate::lever::{Error, candidate, catalog};
use crate::mapping::{FieldType, SourceField, SourceGroup};

fn find<'a>(fields: &'a [SourceField], id: &str) -> &'a SourceField {
    fields.iter().find(|field| field.id == id).unwrap()
}

#[tokio::test]
async fn the_catalog_lists_every_field_that_a_candidate_can_have() {
    let lever = serve(|_| None).await;
    let fields = catalog(&lever.client()).await.unwrap();
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    let mut offered: Vec<_> = fields.iter().map(|field| field.id.as_str()).collect();
    offered.sort_unstable();
    let read: Vec<_> = rosa.record.iter().map(|(field, _)| field).collect();
    assert_eq!(offered, read);
}

#[tokio::test]
async fn customers_fields_have_labels_types_and_examples() {
    let lever = serve(|_| None).await;
    let fields = catalog(&lever.client()).await.unwrap();
    let city = find(&fields, "requisition.custom.cost_center.city");
    assert_eq!(
        *city,
        SourceField {
            id: "requisition.custom.cost_center.city".into(),
            label: "Cost center: City".into(),
            group: SourceGroup::Requisition,
            kind: FieldType::Text,
            custom: true,
            example: Some("Lisbon".into()),
        }
    );
    let review = find(&fields, "offer.custom_review_date");
    assert_eq!(
        (review.kind, review.example.as_deref()),
        (FieldType::Date, Some("2026-06-01"))
    );
    assert_eq!(
        find(&fields, "application.question.languages").kind,
        FieldType::List
    );
    assert_eq!(find(&fields, "requisition.custom.squad").example, None);
}

#[tokio::test]
async fn pay_is_no_example() {
    let lever = serve(|_| None).await;
    let fields = catalog(&lever.client()).await.unwrap();
    for id in ["offer.salary_amount", "offer.custom_sign_on_bonus"] {
        assert_eq!(find(&fields, id).example, None, "{id}");
    }
    assert_eq!(
        find(&fields, "opportunity.name").example.as_deref(),
        Some("Rosa Lindqvist")
    );
}

#[tokio::test]
async fn groups_stand_together_with_the_customers_fields_last() {
    let lever = serve(|_| None).await;
    let fields = catalog(&lever.client()).await.unwrap();
    assert!(fields.is_sorted_by_key(|field| (field.group, field.custom)));
}

#[tokio::test]
async fn a_connection_that_may_read_nothing_still_gets_the_standard_fields() {
    let lever = serve(|_| forbidden()).await;
    let fields = catalog(&lever.client()).await.unwrap();
    assert!(
        fields
            .iter()
            .all(|field| !field.custom && field.example.is_none())
    );
    assert_eq!(find(&fields, "offer.salary_amount").kind, FieldType::Number);
}

#[tokio::test]
async fn the_catalog_of_a_lever_that_is_down_is_an_error() {
    let lever = serve(|_| Some(answer(500, ""))).await;
    assert!(matches!(
        catalog(&lever.client()).await,
        Err(Error::Unreachable { .. })
    ));
}
