import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";
type Shown = ReturnType<typeof open>;

const source = (label: string) => screen.findByRole("combobox", { name: `Lever field for ${label}` });

async function choose({ user }: Shown, label: string, option: RegExp | string): Promise<void> {
  await user.click(await source(label));
  await user.click(await screen.findByRole("option", { name: option }));
}

async function saved({ host, user }: Shown): Promise<string> {
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(host.calls.some(({ name }) => name === "mappings.save")).toBe(true));
  return JSON.stringify(host.calls.find(({ name }) => name === "mappings.save")?.request);
}

describe("sources of several fields", () => {
  it("keep the chosen field first, and take more by keyboard", async () => {
    const shown = open(path, full);
    await choose(shown, "Job title", "First of several…");
    const row = within(await screen.findByTestId("mapping-job_title"));
    screen.getByRole("combobox", { name: "Add a Lever field for Job title" }).focus();
    await shown.user.keyboard("{Enter}");
    await shown.user.type(await screen.findByRole("textbox", { name: /Search: Add a Lever field for Job title/ }), "posting");
    await shown.user.keyboard("{Enter}");
    expect(row.getAllByRole("listitem").map((item) => item.textContent)).toEqual([expect.stringContaining("offer.job_title"), expect.stringContaining("posting.text")]);
    await shown.user.click(row.getByRole("button", { name: "Move Posting title up" }));
    await expectAccessible();
    expect(await saved(shown)).toContain('{"kind":"first_of","fields":["posting.text","offer.job_title"]}');
  });

  it("insert a field where the caret of a template is", async () => {
    const shown = open(path, full);
    await choose(shown, "Preferred name", "Template…");
    const text = await screen.findByRole("textbox", { name: "Template for Preferred name" });
    await shown.user.type(text, "Hi !{ArrowLeft}");
    await shown.user.click(screen.getByRole("combobox", { name: "Insert a Lever field for Preferred name" }));
    await shown.user.click(await screen.findByRole("option", { name: /Headline/ }));
    await waitFor(() => expect(text).toHaveValue("Hi {{opportunity.headline}}!"));
    await waitFor(() => expect(text).toHaveFocus());
    expect(await screen.findByRole("list", { name: "Lever fields in the template for Preferred name" })).toHaveTextContent("Headline");
    await expectAccessible();
  });

  it("wait for a field before they can be saved", async () => {
    const shown = open(path, full);
    await choose(shown, "Preferred name", "Sum…");
    expect(screen.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/Finish Preferred name/);
  });
});

describe("types that do not fit", () => {
  it("cannot be chosen, and say why where they are listed", async () => {
    const shown = open(path, full);
    await shown.user.click(await source("Start date"));
    const pay = await screen.findByRole("option", { name: /offer.salary_amount/ });
    await waitFor(() => expect(pay).toHaveAttribute("aria-disabled", "true"));
    expect(pay).toHaveTextContent("This cannot become a date.");
    await shown.user.click(pay);
    expect(screen.getByTestId("announcer")).toHaveTextContent("This cannot become a date.");
    expect(await source("Start date")).toHaveTextContent("Anticipated start date");
  });

  it("need a tick where something is lost, which a new source takes back", async () => {
    const shown = open(path, full);
    await choose(shown, "Start date", /opportunity.created_at/);
    const tick = await screen.findByRole("checkbox", { name: "Accept for Start date: The time of day is left out." });
    await expectAccessible();
    await shown.user.click(tick);
    expect(await saved(shown)).toContain('"field":"opportunity.created_at"},"transforms":[],"accepts_loss":true');
    await choose(shown, "Start date", /offer.anticipated_start_date/);
    await waitFor(() => expect(screen.queryByRole("checkbox", { name: /Accept for Start date/ })).not.toBeInTheDocument());
  });
});
