import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { none } from "../../fake/gaps";
import { full } from "../../fake/scenarios";
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

  it("compares on request and says that nothing is missing", async () => {
    const { host, user } = open(address, full);
    await screen.findAllByTestId("gap");
    host.answer({ "gaps.list": () => none, "gaps.find": () => none });
    await user.click(screen.getByRole("button", { name: "Compare now" }));
    host.push("listeners");
    expect(await screen.findByText("Nothing is missing")).toBeVisible();
  });
});
