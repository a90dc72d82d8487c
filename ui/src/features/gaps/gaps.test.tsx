import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { none } from "../../fake/gaps";
import { fail, full } from "../../fake/scenarios";
import { open } from "../../testing/screen";

const address = "/activity/missed";

describe("missed changes", () => {
  it("offers to run only what an event would have run", async () => {
    const { host, user } = open(address, full);
    const rows = await screen.findAllByTestId("gap");
    expect(rows).toHaveLength(3);
    expect(within(rows[2] ?? document.body).queryByRole("button", { name: /Run/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Run: Wirawan" }));
    await user.click(screen.getByRole("button", { name: "Dismiss: Anna-Lena van der Berg" }));
    const request = (wanted: string) => host.calls.find(({ name }) => name === wanted)?.request;
    expect(request("gaps.run")).toEqual({ id: 1 });
    expect(request("gaps.dismiss")).toEqual({ id: 3 });
  });

  it("dismisses all of them after a question, and says what went wrong", async () => {
    const { host, user } = open(address, { ...full, "gaps.run": fail });
    await user.click(await screen.findByRole("button", { name: "Run all" }));
    expect(await screen.findByRole("alert")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Dismiss all" }));
    const sure = within(await screen.findByRole("dialog", { name: "Dismiss 3 changes?" }));
    await user.click(sure.getByRole("button", { name: "Dismiss all" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "gaps.dismiss")?.request).toEqual({ id: null }));
  });

  it("claims nothing before anything was compared", async () => {
    open(address, { ...full, "gaps.list": () => ({ ...none, compared_until: null }) });
    expect(await screen.findByText("Nothing has been compared yet")).toBeVisible();
    expect(screen.queryByText("Nothing is missing")).toBeNull();
  });

  it("compares on request and says that nothing is missing", async () => {
    const { host, user } = open(address, full);
    await screen.findAllByTestId("gap");
    host.answer({ "gaps.list": () => none, "gaps.find": () => none });
    await user.click(screen.getByRole("button", { name: "Compare now" }));
    expect(await screen.findByText("Nothing is missing")).toBeVisible();
  });
});
