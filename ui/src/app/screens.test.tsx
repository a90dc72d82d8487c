import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Answers } from "../fake/fake-host";
import { empty, failing, full, refused } from "../fake/scenarios";
import { open as unlocked } from "../fake/settings";
import { expectAccessible, open } from "../testing/screen";

/** Each screen: its address, its heading, and words of its full and its empty state. */
const screens = [
  { path: "/", title: "Home", whole: "Every station works. Hires in Lever arrive here.", bare: "0 of 6 steps done" },
  { path: "/integrations", title: "Integrations", whole: "Lever is connected and every check passed.", bare: /Lever is not connected/ },
  { path: "/integrations/lever", title: "Lever", whole: "Lever accepts the connection", bare: "Lever Connect (Recommended)" },
  { path: "/integrations/lever/mapping", title: "Lever", whole: "Person field", bare: /Personal e-mail and Time zone: every import needs them/ },
  { path: "/integrations/ats", title: "ATS", whole: "Last probe", bare: "Connect" },
  { path: "/integrations/ats/lever", title: "Lever", whole: "Lever accepts the connection", bare: "Configure Lever" },
  { path: "/integrations/ats/lever/connect", title: "Configure Lever", whole: "Next", bare: "Lever Connect (Recommended)" },
  { path: "/integrations/ats/lever/webhooks", title: "Configure Lever", whole: "Connection verified", bare: "Not set up" },
  { path: "/integrations/ats/lever/mapping", title: "Lever", whole: "Always the default package. Another one is chosen in the letter.", bare: "Company defaults" },
  { path: "/workflows", title: "Workflows", whole: "Onboarding", bare: "Onboarding" },
  { path: "/workflows/onboarding", title: "Onboarding", whole: "Connection verified", bare: "No listeners yet" },
  { path: "/people", title: "People", whole: "Anna Lindqvist", bare: "No people yet" },
  { path: "/offers", title: "Offers", whole: "Tomás O’Brien", bare: "No offers yet" },
  { path: "/offers/letter-1", title: "Anna Lindqvist", whole: "Nothing done here changes the offer in Lever.", bare: "Nothing done here changes the offer in Lever." },
  { path: "/offers/settings", title: "Settings of offer letters", whole: "Secret note", bare: "Secret note" },
  { path: "/offers/written", title: "Written to Lever", whole: "Tag “Agora Offer”", bare: "Nothing was written yet" },
  { path: "/activity", title: "Activity", whole: "You saved version 3 of the mapping.", bare: "Nothing has happened yet" },
  { path: "/activity/inbox", title: "Inbox", whole: "#18 Candidate hired", bare: "Nothing has arrived yet" },
  { path: "/activity/missed", title: "Missed changes", whole: "Wirawan", bare: "Nothing is missing" },
  { path: "/connection-doctor", title: "Connection doctor", whole: "Every step works: events can reach this computer.", bare: "Relay sign-in" },
  { path: "/authorized-apps", title: "Authorized apps", whole: "Fulcrum · Onboarding", bare: "No app is authorized" },
  { path: "/settings/person-fields", title: "Person fields", whole: "Shirt size", bare: "Shirt size" },
  { path: "/settings", title: "Settings", whole: "Version 0.1.0", bare: "Version 0.1.0" },
];

const loading: Answers = { "app.status": () => unlocked };

describe.each(screens)("$path", ({ path, title, whole, bare }) => {
  it("shows what is there, names the window, and is accessible", async () => {
    open(path, full);
    await screen.findAllByText(whole);
    expect(screen.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await waitFor(() => expect(document.title).toBe(`${title} – Fulcrum`));
    await expectAccessible();
  });

  it("says what is missing while there is nothing, and is accessible", async () => {
    open(path, empty);
    await screen.findAllByText(bare);
    await expectAccessible();
  });

  it("says that it is loading", async () => {
    open(path, loading);
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
  });

  it("says what failed, offers to try again, and is accessible", async () => {
    const { host, user } = open(path, failing);
    expect(await screen.findByRole("alert")).toHaveTextContent(refused.message);
    expect(screen.getByText(refused.detail ?? "")).toBeInTheDocument();
    await expectAccessible();
    host.answer(full);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect((await screen.findAllByText(whole)).length).toBeGreaterThan(0);
  });
});
