import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fields } from "../../fake/mapping";
import { full } from "../../fake/scenarios";
import { nothingSeen } from "../../fake/seen-values";
import { expectAccessible, open } from "../../testing/screen";

async function openMap(answers = full) {
  const shown = open("/integrations/lever/mapping", answers);
  await shown.user.click(await screen.findByRole("button", { name: /^Transforms for State or region/ }));
  return { ...shown, values: within(await screen.findByTestId("seen-values")) };
}

const coverage = (values: Awaited<ReturnType<typeof openMap>>["values"]) => values.getByRole("progressbar", { name: "Values with a pair" });
const pairs = () => screen.getAllByRole("textbox", { name: /^Value in Lever, pair/ });

describe("the values of a value map", () => {
  it("are listed with how often they came, and how many of them have a pair", async () => {
    const { values } = await openMap();
    expect(await values.findByText(/6 different values in 54 requisitions/)).toBeVisible();
    expect(coverage(values)).toHaveAttribute("aria-valuenow", "66");
    const rows = within(values.getByRole("list", { name: "Values without a pair" })).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/TX.*7 times.*Texas.*US state/), expect.stringMatching(/WA.*5 times/), expect.stringMatching(/Remote \(US\).*No suggestion/), expect.stringMatching(/MA/),
    ]);
    await expectAccessible();
  });

  it("become pairs one by one by keyboard, and the focus goes on to the next", async () => {
    const { user, values } = await openMap();
    (await values.findByRole("button", { name: "Add a pair for TX" })).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(values.getByRole("button", { name: "Add a pair for WA" })).toHaveFocus());
    expect(screen.getByRole("combobox", { name: "Value to use, pair 3" })).toHaveValue("Texas");
    expect(screen.getByTestId("announcer")).toHaveTextContent("Pair added");
  });

  it("become pairs all at once, and those without a suggestion stay as they are", async () => {
    const { user, values } = await openMap();
    await user.click(await values.findByRole("button", { name: "Add all 3 suggested pairs" }));
    await waitFor(() => expect(coverage(values)).toHaveAttribute("aria-valuenow", "94"));
    expect(pairs()).toHaveLength(5);
    await user.click(values.getByRole("button", { name: "Add it to the pairs" }));
    await waitFor(() => expect(coverage(values)).toHaveAttribute("aria-valuenow", "100"));
    expect(pairs().at(-1)).toHaveValue("Remote (US)");
    expect(screen.getByRole("combobox", { name: "Value to use, pair 6" })).toHaveValue("Remote (US)");
  });

  it("of a field that no list tells are read from the last hires on request", async () => {
    const { host, user, values } = await openMap({ ...full, "mappings.values": () => nothingSeen });
    expect(await values.findByText(/0 different values in 0 candidates read before/)).toBeVisible();
    await user.click(values.getByRole("button", { name: "Read the last hires" }));
    await waitFor(() => expect(host.calls.some(({ name }) => name === "mappings.read_hires")).toBe(true));
  });

  it("stay hidden where the field is masked", async () => {
    const target = fields.target.map((field) => (field.id === "state" ? { ...field, masked: true } : field));
    const { host, user, values } = await openMap({ ...full, "mappings.fields": () => ({ ...fields, target }) });
    expect(host.calls.some(({ name }) => name === "mappings.values")).toBe(false);
    await user.click(values.getByRole("button", { name: "Show them" }));
    expect(await values.findByRole("button", { name: "Add a pair for TX" })).toBeVisible();
  });
});
