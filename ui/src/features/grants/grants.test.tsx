import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ended, grants } from "../../fake/grants";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/authorized-apps";
const called = (host: ReturnType<typeof open>["host"], name: string) => host.calls.filter((call) => call.name === name);

describe("authorized apps", () => {
  it("shows of each grant who, where, what it may do and where its secret is", async () => {
    open(path, full);
    const card = within(await screen.findByTestId("grant-onboarding"));
    expect(card.getByText("Harbour & Pine")).toBeVisible();
    expect(card.getByText("Amina Kowalski, amina@harbourpine.example")).toBeVisible();
    expect(card.getByText("View all candidates' offers")).toBeVisible();
    expect(card.getByText("sources:read:admin")).toBeVisible();
    expect(card.getByText(/its key is in the keychain/)).toBeVisible();
    expect(card.getByText("Last used").nextElementSibling).toHaveTextContent("(7 min ago)");
    const key = within(screen.getByTestId("grant-offer_letters"));
    expect(key.getByText(/Lever does not tell what an API key allows/)).toBeVisible();
    expect(key.getByText("Not used yet")).toBeVisible();
  });

  it("says what stops, waits for the typed word, and revokes with the choice of data", async () => {
    const { host, user } = open(path, full);
    await user.click(await screen.findByRole("button", { name: "Revoke access: Onboarding" }));
    expect(await screen.findByTestId("what-stops")).toHaveTextContent("The 7 people who were imported stay");
    expect(screen.getByRole("link", { name: /Open webhooks in Lever/ })).toHaveAttribute("href", grants.grants[0]?.webhooks_url);
    await expectAccessible();
    const confirm = screen.getByTestId("end-access");
    expect(confirm).toBeDisabled();
    await user.click(screen.getByRole("radio", { name: "Delete events" }));
    await user.type(screen.getByLabelText("Type “revoke” to confirm"), "Revoke");
    host.answer({ "grants.list": () => ended });
    await user.click(confirm);
    expect(called(host, "grants.revoke")[0]?.request).toEqual({
      integration: "onboarding", data: "delete_events", confirmation: "Revoke",
    });
    expect(await screen.findByTestId("leaving-onboarding")).toHaveTextContent("2 webhooks that Fulcrum made are still there");
    expect(screen.queryByTestId("grant-onboarding")).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("keeps the question open when it fails, and says why", async () => {
    const { user } = open(path, {
      ...full,
      "grants.revoke": () => {
        throw new CommandError({ code: "internal", message: "The database could not be written.", field: null, detail: null });
      },
    });
    await user.click(await screen.findByRole("button", { name: "Revoke access: Onboarding" }));
    await user.type(await screen.findByTestId("confirmation"), "revoke{Enter}");
    expect(await screen.findByText("The database could not be written.")).toBeVisible();
  });

  it("ends all of them only after “revoke all”", async () => {
    const { host, user } = open(path, full);
    await user.click(await screen.findByRole("button", { name: "Revoke all" }));
    const typed = await screen.findByTestId("confirmation");
    await user.type(typed, "revoke");
    expect(screen.getByTestId("end-access")).toBeDisabled();
    await user.type(typed, " all{Enter}");
    expect(called(host, "grants.revoke_all")[0]?.request).toEqual({ data: "keep", confirmation: "revoke all" });
  });

  it("offers to tell Lever now, or not at all, while it does not know yet", async () => {
    const { host, user } = open(path, { ...full, "grants.list": () => ended });
    await user.click(await screen.findByRole("button", { name: "Try now" }));
    expect(called(host, "attention.retry")[0]?.request).toEqual({ id: "41" });
    await user.click(screen.getByRole("button", { name: "Stop trying" }));
    expect(called(host, "grants.forget")[0]?.request).toEqual({ id: "1" });
  });
});

describe("the integration's own page", () => {
  it("has a red Disconnect that asks the same", async () => {
    const { user } = open("/integrations/lever", full);
    await user.click(await screen.findByRole("button", { name: "Disconnect: Onboarding" }));
    expect(await screen.findByTestId("what-stops")).toBeVisible();
    expect(screen.getByTestId("end-access")).toHaveTextContent("Disconnect");
  });
});
