import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { reading } from "../../fake/back-test";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";

describe("trying a draft on past hires", () => {
  it("shows who changes, cell by cell, and hides pay", async () => {
    const { user, host } = open(path, full);
    await user.click(await screen.findByTestId("try-on-hires"));
    const anna = await screen.findByTestId("hire-opp-1");
    expect(anna).toHaveTextContent("California");
    expect(anna).not.toHaveTextContent("57000");
    expect(host.calls.map(({ name }) => name)).toContain("mappings.read_hires");
    await user.click(screen.getByText("1 would wait"));
    await waitFor(() => expect(screen.queryByTestId("hire-opp-1")).toBeNull());
    expect(screen.getByTestId("hire-opp-5")).toHaveTextContent("No pair of the value map fits.");
  });

  it("can be read with a screen reader", async () => {
    const { user } = open(path, full);
    await user.click(await screen.findByTestId("try-on-hires"));
    await screen.findByTestId("hire-opp-1");
    await expectAccessible();
  });

  it("says how far the reading is and stops it", async () => {
    const { user, host } = open(path, { ...full, "mappings.back_test": () => reading });
    await user.click(await screen.findByTestId("try-on-hires"));
    expect(await screen.findByTestId("reading-hires")).toHaveTextContent("Reading hires from Lever: 2 of 50");
    await user.click(screen.getByRole("button", { name: "Stop" }));
    expect(host.calls.map(({ name }) => name)).toContain("mappings.stop_reading_hires");
  });
});
