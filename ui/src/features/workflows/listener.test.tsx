import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draftListener, onboarding, verifiedListener } from "../../fake/workflows";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";
import { everybody } from "./admission";
import { cleanToken, tokenHint } from "../../shared/token";

const path = "/workflows/onboarding";
const none = { ...full, "workflows.show": () => ({ ...onboarding, listeners: [] }) };

describe("a signature token", () => {
  it("loses the spaces and line breaks that copying picks up", () => {
    expect(cleanToken(" ab\ncd\u00a0ef \r\n")).toBe("abcdef");
  });

  it("is recognised by its length and its last four characters", () => {
    expect(tokenHint("0123456789abcdef")).toBe("16 characters, ending in cdef");
  });

  it("of a few characters is not given away by its end", () => {
    expect(tokenHint("abc")).toBe("3 characters");
  });
});

describe("adding a listener", () => {
  it("follows the article: application, event, Endpoint URL, Signature token, Create event listener", async () => {
    const { host, user } = open(path, none);
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    const modal = within(await screen.findByRole("dialog"));
    expect(modal.getByRole("combobox", { name: "Application" })).toHaveValue("Lever");
    expect(modal.getByRole("combobox", { name: "Event" })).toHaveValue("Candidate hired");
    expect(await modal.findByLabelText("Endpoint URL")).toHaveValue(draftListener.endpoint_url);
    await expectAccessible();

    const create = modal.getByRole("button", { name: "Create event listener" });
    expect(create).toHaveAttribute("aria-disabled", "true");
    await user.click(modal.getByLabelText("Signature token"));
    await user.paste(" 0123456789abcdef\n");
    expect(modal.getByText("16 characters, ending in cdef")).toBeVisible();
    const waiting = { ...draftListener, state: "waiting_for_first_event" as const, token_hint: "16 characters, ending in cdef" };
    host.answer({ "listeners.create": () => waiting, "listeners.show": () => waiting });
    await user.click(create);
    expect(await modal.findByText(/click Verify connection in Lever/)).toBeVisible();
    await expectAccessible();
    host.answer({ "listeners.show": () => verifiedListener });
    host.push("listeners");
    expect(await modal.findByText("Connection verified")).toBeVisible();
    await user.click(modal.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(host.calls.find(({ name }) => name === "listeners.create")?.request).toEqual({
      id: draftListener.id, signature_token: "0123456789abcdef",
    });
  });

  it("says that the Endpoint URL was copied", async () => {
    const { user } = open(path, none);
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    await user.click(await screen.findByRole("button", { name: "Copy Endpoint URL" }));
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Endpoint URL copied"));
    await expect(navigator.clipboard.readText()).resolves.toBe(draftListener.endpoint_url);
  });

  it("takes up the draft of the same event instead of beginning another", async () => {
    const { host, user } = open(path, { ...full, "workflows.show": () => ({ ...onboarding, listeners: [draftListener] }) });
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    await screen.findByLabelText("Endpoint URL");
    expect(host.calls.some(({ name }) => name === "listeners.begin")).toBe(false);
  });

  it("counts the events that are held until the token is there", async () => {
    const { user } = open(path, { ...none, "listeners.show": () => ({ ...draftListener, held: 2 }) });
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    expect(await screen.findByText(/2 events are held until the token is saved/)).toBeVisible();
  });
});

describe("setting up for me", () => {
  it("makes the webhook, reminds of the switch in Lever and waits for the first event", async () => {
    const { host, user } = open(path, none);
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    const modal = within(await screen.findByRole("dialog"));
    expect(await modal.findByText(/API alone, not by a person in Lever/)).toBeVisible();
    const made = { ...draftListener, state: "waiting_for_first_event" as const, set_up: "made" as const, token_hint: "48 characters, ending in 6978" };
    host.answer({ "listeners.set_up": () => made, "listeners.show": () => made });
    await user.click(modal.getByRole("button", { name: "Set up for me" }));
    expect(await modal.findByTestId("switch-event-on")).toHaveTextContent("switch Candidate hired on");
    expect(host.calls.find(({ name }) => name === "listeners.set_up")?.request).toEqual({ id: draftListener.id });
    await expectAccessible();
  });

  it("says what to allow where the connection may not", async () => {
    const draft = { ...draftListener, set_up: "not_permitted" as const };
    const { user } = open(path, { ...none, "listeners.begin": () => draft, "listeners.show": () => draft });
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    expect(await screen.findByText(/View and manage all webhooks/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Set up for me" })).not.toBeInTheDocument();
  });

  it("says when Lever made the webhook without its token", async () => {
    const draft = { ...draftListener, set_up: "made" as const };
    const { user } = open(path, { ...none, "listeners.begin": () => draft, "listeners.show": () => draft });
    await user.click(await screen.findByRole("button", { name: "Add listener" }));
    expect(await screen.findByText(/did not tell its Signature token/)).toBeVisible();
    expect(screen.getByLabelText("Signature token")).toBeVisible();
  });
});

describe("whom a listener lets in", () => {
  it("asks a stage change for its stage by name, and does not go on without it", async () => {
    const draft = { ...draftListener, event: "candidateStageChange" as const, event_label: "Candidate stage change" };
    const view = () => ({ ...onboarding, listeners: [draft] });
    const { host, user } = open(path, { ...full, "workflows.show": view, "listeners.show": () => draft });
    await user.click(await screen.findByRole("button", { name: "Continue with Candidate stage change" }));
    const modal = within(await screen.findByRole("dialog"));
    await user.click(modal.getByLabelText("Signature token"));
    await user.paste("0123456789abcdef");
    expect(modal.getByText(/Choose the stage first/)).toBeVisible();
    await user.click(await modal.findByRole("combobox", { name: "Stage" }));
    await user.click(await screen.findByRole("option", { name: "Offer" }));
    await expectAccessible();
    const asked = host.calls.find(({ name }) => name === "listeners.admit")?.request;
    expect(asked).toEqual({ id: draft.id, admission: { ...everybody, stage: { id: "offer", name: "Offer" } } });
  });

  it("is shown with the id of the stage, and changed later", async () => {
    const { host, user } = open(path, full);
    expect(await screen.findByText("Stage: Offer (offer)")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Whom Candidate stage change lets in" }));
    const modal = within(await screen.findByRole("dialog"));
    await user.click(modal.getByRole("combobox", { name: "Department" }));
    await user.click(await screen.findByRole("option", { name: "Sales" }));
    await user.click(modal.getByRole("button", { name: "Save" }));
    const admission = { ...everybody, stage: { id: "offer", name: "Offer" }, departments: ["Sales"] };
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.admit")?.request).toEqual({ id: "listener-3", admission }));
  });
});

describe("a listener", () => {
  it("turns to Connection verified by itself and says so", async () => {
    const waiting = { ...verifiedListener, state: "waiting_for_first_event" as const, verified_at: null };
    const { host } = open(path, { ...full, "workflows.show": () => ({ ...onboarding, listeners: [waiting] }) });
    await screen.findByText("Waiting for first event");
    host.answer({ "workflows.show": () => ({ ...onboarding, listeners: [verifiedListener] }) });
    host.push("listeners");
    expect(await screen.findByText("Connection verified")).toBeVisible();
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Candidate hired: Connection verified"));
  });

  it("is removed only after the user read what Lever will do", async () => {
    const { host, user } = open(path, full);
    await user.click(await screen.findByRole("button", { name: "Remove Candidate hired" }));
    const dialog = await screen.findByRole("dialog", { name: "Remove the listener for Candidate hired?" });
    expect(dialog).toHaveTextContent("Lever gets errors from this address until you remove its webhook");
    await user.click(within(dialog).getByRole("button", { name: "Remove listener" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.remove")?.request).toEqual({ id: verifiedListener.id }));
  });

  it("whose token did not match takes another one", async () => {
    const { host, user } = open(path, full);
    await user.click(await screen.findByRole("button", { name: "Replace token of Candidate stage change" }));
    await user.type(await screen.findByLabelText("Signature token"), "fedcba9876543210");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Replace token" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.create")?.request).toMatchObject({ id: "listener-3" }));
  });

  it("runs its held events only when asked", async () => {
    const { host, user } = open(path, full);
    await user.click(await screen.findByRole("button", { name: "Run 2 held events" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "listeners.run_held")?.request).toEqual({ id: "listener-3" }));
  });
});
