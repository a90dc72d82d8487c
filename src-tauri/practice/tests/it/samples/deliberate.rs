//! Where our answers differ from the documented ones on purpose.

/// Deliberate differences: the sample, or a part of its name; the difference, or its end; and the
/// reason, with the section of LEVER.md that it is taken from.
pub(super) const DELIBERATE: &[(&str, &str, &str)] = &[
    (
        "-list",
        ".hasNext: not documented",
        "live lists carry hasNext (2.2)",
    ),
    (
        "application",
        ".ipAddress: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".userAgent: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".referer: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".acceptLanguage: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".timezone: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".archived: not documented",
        "live applications know their archive (3.8)",
    ),
    (
        "application",
        ".requisitionForHire: not documented",
        "live, and in the other sample (3.8)",
    ),
    (
        "application",
        ".postingOwner: not documented",
        "live in place of ownerId (3.8)",
    ),
    (
        "application",
        ".postingHiringManager: not documented",
        "live in place of hiringManager (3.8)",
    ),
    (
        "application",
        ".ownerId: missing",
        "live as postingOwner (3.8)",
    ),
    (
        "application",
        ".hiringManager: missing",
        "live as postingHiringManager (3.8)",
    ),
    ("application", ".resume: missing", "not sent live (3.8)"),
    (
        "contact-get",
        ".dataProtection: not documented",
        "live (3.2)",
    ),
    (
        "contact-update",
        ".isAnonymized: missing",
        "the live answer lacks it (3.2)",
    ),
    (
        "form-template",
        ".currency: not documented",
        "a field of the type currency has one (3.9)",
    ),
    (
        "form-templates-list",
        ".createdAt: number instead of string",
        "times are numbers; text is an old print (2.5)",
    ),
    (
        "form-templates-list",
        ".updatedAt: number instead of string",
        "times are numbers; text is an old print (2.5)",
    ),
    (
        "form-template-create",
        ".updatedAt: not documented",
        "templates have one (3.9)",
    ),
    ("offers-list", ".approved: not documented", "live (3.3)"),
    ("offers-list", ".approvedAt: not documented", "live (3.3)"),
    ("offers-list", ".posting: not documented", "live (3.3)"),
    ("offers-list", ".sentAt: not documented", "live (3.3)"),
    ("offers-list", ".signatures: not documented", "live (3.3)"),
    (
        "opportunit",
        ".archiveReason: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".archivedAt: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".resume: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".archived: not documented",
        "live in place of the two legacy members (3.1)",
    ),
    (
        "opportunit",
        ".opportunityLocation: not documented",
        "live (3.1)",
    ),
    (
        "opportunit",
        ".stageChanges[].userId: missing",
        "absent in most live entries (3.1)",
    ),
    (
        "opportunity-get",
        ".phones[].type: not documented",
        "present where known (3.1)",
    ),
    (
        "posting-apply-questions",
        ".consentDisclosures: missing",
        "the practice company asks for no consent",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disability: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disabilitySignature: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disabilitySignatureDate: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.gender: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.race: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.veteran: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting",
        ".followers: not documented",
        "live without being included (2.4)",
    ),
    (
        "posting",
        ".screening: not documented",
        "a live extra (3.11)",
    ),
    (
        "posting",
        ".transcribeInterviews: not documented",
        "a live extra (3.11)",
    ),
    (
        "posting",
        ".salaryDescription: missing",
        "only where one was written",
    ),
    (
        "posting",
        ".salaryDescriptionHtml: missing",
        "only where one was written",
    ),
    (
        "posting-create",
        ".categories.level: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".confidentiality: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".country: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".reqCode: not documented",
        "in the single posting (3.11)",
    ),
    (
        "requisition",
        ".approval.accountId: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.approvedAt: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.createdBy: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.id: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.startedAt: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.status: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".customFields.badge_color: not documented",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.work_type: not documented",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.hiring_manager: missing",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.target_hire_date: missing",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".headcountInfinite: not documented",
        "live (3.10)",
    ),
    (
        "requisition-create",
        ".accountId: not documented",
        "the raw record that is answered live (3.10)",
    ),
    (
        "requisition-create",
        ".closedAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".confidentiality: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".creator: missing",
        "the raw record: creatorUserId (3.10)",
    ),
    (
        "requisition-create",
        ".creatorUserId: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".department: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".hasConfidentialPosting: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".offerIds: missing",
        "the raw record: reservedOfferIds (3.10)",
    ),
    (
        "requisition-create",
        ".owner: missing",
        "the raw record: ownerUserId (3.10)",
    ),
    (
        "requisition-create",
        ".ownerUserId: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".postingIds: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".postings: missing",
        "the raw record: postingIds (3.10)",
    ),
    (
        "requisition-create",
        ".reservedOfferIds: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".search: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".stateHistory: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".timeToFillEndAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".timeToFillStartAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".updatedAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "note-create",
        ".completedAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".createdAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".deletedAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".fields: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".data.id: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".secret: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".text: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".user: not documented",
        "the live answer is the whole note (3.4)",
    ),
];
