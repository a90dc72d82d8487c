import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/activity/inbox";

async function inspect(name: RegExp) {
  const opened = open(path, full);
  await opened.user.click(await screen.findByRole("button", { name }));
  const drawer = within(await screen.findByRole("dialog"));
  await drawer.findByTestId("inspector");
  return { ...opened, drawer };
}

describe("the inbox", () => {
  it("is narrowed by verdict, and each says how many there are", async () => {
    const { host, user } = open(path, full);
    expect(await screen.findAllByTestId("inbox-row")).toHaveLength(7);
    await user.click(screen.getByRole("combobox", { name: "Verdict" }));
    await user.click(await screen.findByRole("option", { name: "Skipped (1)" }));
    await waitFor(() =>
      expect(host.calls.filter(({ name }) => name === "inbox.list").at(-1)?.request).toMatchObject({ verdict: "skipped" }),
    );
  });

  it("saves how much is kept", async () => {
    const { host, user } = open(path, full);
    const days = await screen.findByRole("textbox", { name: "Days" });
    await user.clear(days);
    await user.type(days, "7");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "inbox.keep")?.request).toEqual({ days: 7, megabytes: 200 }));
  });
});

describe("the inspector", () => {
  it("shows the signature check step by step, the body as a tree, the headers and the way", async () => {
    const { drawer } = await inspect(/#18/);
    expect(within(drawer.getByTestId("signature-steps")).getAllByRole("listitem")).toHaveLength(5);
    expect(drawer.getByTestId("json-tree")).toHaveTextContent("opportunityId");
    expect(drawer.getByText("Lever-Webhooks")).toBeVisible();
    expect(drawer.getByRole("link", { name: "Open the person" })).toBeVisible();
    await expectAccessible();
  });

  it("replays through an older mapping beside the newest, and runs only after a confirmation", async () => {
    const { host, user, drawer } = await inspect(/#18/);
    await user.click(drawer.getByRole("combobox", { name: "Version of the mapping" }));
    await user.click(await screen.findByRole("option", { name: "Mapping version 2" }));
    await user.click(drawer.getByRole("button", { name: "Try it" }));
    expect(await drawer.findByText("California")).toBeVisible();
    expect(host.calls.find(({ name }) => name === "inbox.replay")?.request).toEqual({ id: 18, version: 2 });
    expect(drawer.queryByText("85000")).toBeNull();
    expect(host.calls.some(({ name }) => name === "inbox.run")).toBe(false);
    await user.click(drawer.getByRole("button", { name: "Run for real" }));
    const sure = within(await screen.findByRole("dialog", { name: "Run event #18 for real?" }));
    await user.click(sure.getByRole("button", { name: "Run for real" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "inbox.run")?.request).toEqual({ id: 18 }));
  });

  it("tries another token and makes it the listener's only when asked", async () => {
    const { host, user, drawer } = await inspect(/#13/);
    await user.click(drawer.getByLabelText("Signature token"));
    await user.paste("fedcba9876543210");
    await user.click(drawer.getByRole("button", { name: "Try" }));
    expect(await drawer.findByText(/This token fits/)).toBeVisible();
    expect(host.calls.some(({ name }) => name === "listeners.create")).toBe(false);
    await user.click(drawer.getByRole("button", { name: "Use this token" }));
    await waitFor(() =>
      expect(host.calls.find(({ name }) => name === "listeners.create")?.request).toEqual({
        id: "listener-1", signature_token: "fedcba9876543210",
      }),
    );
  });

  it("lets a quarantined event be run or dismissed", async () => {
    const { host, user, drawer } = await inspect(/#15/);
    expect(drawer.getByRole("button", { name: "Run for real" })).toBeVisible();
    await user.click(drawer.getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "inbox.dismiss")?.request).toEqual({ id: 15 }));
  });
});
