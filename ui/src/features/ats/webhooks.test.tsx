import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Answers } from "../../fake/fake-host";
import { noneOfThem, offerDraft, offerListener, offersEvents, someOfThem } from "../../fake/offer-listeners";
import { full } from "../../fake/scenarios";
import type { OffersEvents } from "../../generated/api";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/ats/lever/webhooks";
const showing = (view: OffersEvents): Answers => ({ ...full, "listeners.of_offers": () => view });
const row = async (event: string) => within(await screen.findByTestId(`ats-event-${event}`));

describe("the events of offer letters", () => {
  it("each show what they mean, how far they are, what last came, and whether they are on", async () => {
    open(path, full);
    const stage = await row("candidateStageChange");
    expect(stage.getByText(/A candidate reaches the Offer stage/)).toBeVisible();
    expect(stage.getByTestId("listener-state")).toHaveTextContent("Connection verified");
    expect(stage.getByText(/Last event:/)).toHaveTextContent("7 min ago");
    expect(stage.getByText(/Last verification:/)).toHaveTextContent("1 h ago");
    expect(stage.getByRole("switch", { name: "Run events of Candidate stage change" })).toBeChecked();
    const archived = await row("candidateArchiveChange");
    expect(archived.getByTestId("listener-state")).toHaveTextContent("Switched off");
    expect(archived.getByRole("switch")).not.toBeChecked();
    expect((await row("candidateDeleted")).getByTestId("listener-state")).toHaveTextContent("Not set up");
    await expectAccessible();
  });

  it("get a listener in the modal of workflows, without a stage and without filters", async () => {
    const draft = offerDraft("candidateStageChange");
    const { host, user } = open(path, { ...showing(noneOfThem), "listeners.show": () => draft });
    await user.click((await row("candidateStageChange")).getByRole("button", { name: "Add listener for Candidate stage change" }));
    const modal = within(await screen.findByRole("dialog"));
    expect(modal.getByRole("combobox", { name: "Event" })).toHaveValue("Candidate stage change");
    expect(await modal.findByLabelText("Endpoint URL")).toHaveValue(draft.endpoint_url);
    expect(modal.queryByRole("combobox", { name: "Stage" })).not.toBeInTheDocument();
    expect(modal.queryByRole("combobox", { name: "Department" })).not.toBeInTheDocument();
    await expectAccessible();
    await user.click(modal.getByLabelText("Signature token"));
    await user.paste("0123456789abcdef");
    await user.click(modal.getByRole("button", { name: "Create event listener" }));
    const asked = (name: string) => host.calls.find((call) => call.name === name)?.request;
    expect(asked("listeners.begin")).toEqual({ integration: "offer_letters", event: "candidateStageChange" });
    await waitFor(() => expect(asked("listeners.create")).toEqual({ id: draft.id, signature_token: "0123456789abcdef" }));
  });

  it("take another token, and are removed after the user read what becomes of letters", async () => {
    const { host, user } = open(path, full);
    await user.click((await row("candidateStageChange")).getByRole("button", { name: "Replace token of Candidate stage change" }));
    await user.type(await screen.findByLabelText("Signature token"), "fedcba9876543210");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Replace token" }));
    const { id } = offerListener("candidateStageChange");
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.create")?.request).toMatchObject({ id }));
    await user.click((await row("candidateStageChange")).getByRole("button", { name: "Remove Candidate stage change" }));
    const dialog = await screen.findByRole("dialog", { name: "Remove the listener for Candidate stage change?" });
    expect(dialog).toHaveTextContent("Letters do not follow this event any more");
    await user.click(within(dialog).getByRole("button", { name: "Remove listener" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.remove")?.request).toEqual({ id }));
  });

  it("are continued where the modal was left", async () => {
    const draft = { ...offerDraft("candidateHired"), held: 2 };
    const { host, user } = open(path, { ...showing(offersEvents([draft], "not_permitted")), "listeners.show": () => draft });
    const hired = await row("candidateHired");
    expect(hired.getByText(/2 events are held until then/)).toBeVisible();
    await user.click(hired.getByRole("button", { name: "Continue with Candidate hired" }));
    expect(await screen.findByLabelText("Endpoint URL")).toBeVisible();
    expect(host.calls.some(({ name }) => name === "listeners.begin")).toBe(false);
  });
});

describe("setting up for me", () => {
  it("makes the webhook of one event", async () => {
    const { host, user } = open(path, showing(noneOfThem));
    await user.click((await row("candidateHired")).getByRole("button", { name: "Set up Candidate hired for me" }));
    const id = offerDraft("candidateHired").id;
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.set_up")?.request).toEqual({ id }));
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Lever made the webhook for Candidate hired"));
  });

  it("makes all four, and reminds that a Super Admin switches the events on", async () => {
    const { host, user } = open(path, showing(noneOfThem));
    const all = await screen.findByRole("button", { name: "Set up all four for me" });
    expect(screen.queryByTestId("switch-events-on")).not.toBeInTheDocument();
    const made = noneOfThem.events.map(({ event }) => ({
      ...offerListener(event), set_up: "made" as const, state: "waiting_for_first_event" as const, verified_at: null, last_event_at: null,
    }));
    const view = offersEvents(made, "possible");
    host.answer({ "listeners.set_up_offers": () => view, "listeners.of_offers": () => view });
    await user.click(all);
    expect(await screen.findByTestId("switch-events-on")).toHaveTextContent(
      /a Super Admin switches on Candidate stage change, Candidate archive state change, Candidate hired, Candidate deleted/,
    );
    expect(screen.queryByRole("button", { name: /Set up .* for me/ })).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("reminds of those alone that Lever does not send yet", async () => {
    open(path, showing(someOfThem));
    expect(await screen.findByTestId("switch-events-on")).toHaveTextContent("switches on Candidate hired under");
  });

  it("says what to allow where the connection may not", async () => {
    open(path, showing(offersEvents([], "not_permitted")));
    expect(await screen.findByText(/View and manage all webhooks/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Allow it under Permissions" })).toHaveAttribute("href", "/integrations/ats/lever");
    expect(screen.queryByRole("button", { name: /for me/ })).not.toBeInTheDocument();
  });
});
