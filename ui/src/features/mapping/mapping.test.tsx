import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { mapping, manyLeverFields, fields, found, foundEarlier, severalMatches } from "../../fake/mapping";
import { full } from "../../fake/scenarios";
import type { Drift } from "../../generated/api";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";
const vanished: Drift = { target: "state", field: "requisition.state", label: "State", change: { kind: "vanished" }, words: "No longer in Lever" };
type Shown = ReturnType<typeof open>;

const source = (label: string) => screen.findByRole("combobox", { name: `Lever field for ${label}` });
const reads = ({ host }: Shown) => host.calls.filter(({ name }) => name === "mappings.sample");
const previews = ({ host }: Shown) => host.calls.filter(({ name }) => name === "mappings.preview");

async function goWithEmail({ user }: Shown): Promise<void> {
  await user.type(await screen.findByLabelText("Candidate e-mail"), "anna.lindqvist@mail.example");
  await user.click(screen.getByRole("button", { name: "Go" }));
}

describe("the dropdown of Lever fields", () => {
  it("is found, searched and chosen from by keyboard alone", async () => {
    const { user } = open(path, full);
    (await source("Preferred name")).focus();
    await user.keyboard("{Enter}");
    await user.type(await screen.findByRole("textbox", { name: "Search Lever fields for Preferred name" }), "headline");
    await user.keyboard("{Enter}");
    const chosen = await source("Preferred name");
    expect(chosen).toHaveTextContent("Headline");
    await waitFor(() => expect(chosen).toHaveFocus());
  });

  it("draws only the first fields of five hundred", async () => {
    const { user } = open(path, { ...full, "mappings.fields": () => ({ ...fields, lever: manyLeverFields }) });
    await user.click(await source("Preferred name"));
    const options = await screen.findAllByRole("option");
    expect(options.length).toBeLessThan(80);
  });

  it("says what became of a field, and saves the mapping again to accept its type", async () => {
    const drift = [{ ...vanished, change: { kind: "retyped" as const, was: "date" as const, now: "text" as const }, words: "Was a date, is now a text" }];
    open(path, { ...full, "mappings.show": () => ({ ...mapping, drift }) });
    expect(await screen.findByTestId("mapping-state")).toHaveTextContent("Was a date, is now a text");
    expect(screen.getByRole("button", { name: "Save" })).not.toHaveAttribute("aria-disabled", "true");
  });

  it("says which field Lever no longer has", async () => {
    open(path, { ...full, "mappings.show": () => ({ ...mapping, drift: [vanished] }) });
    const row = await screen.findByTestId("mapping-state");
    expect(row).toHaveTextContent("No longer in Lever");
    expect(row).toHaveTextContent("requisition.state");
  });
});

describe("sample values", () => {
  it("come from the unsaved draft and follow it", async () => {
    const shown = open(path, full);
    await goWithEmail(shown);
    expect(await screen.findByTestId("sample-first_name")).toHaveTextContent("Anna");
    expect(screen.getByTestId("sample-job_title")).toHaveTextContent("empty");
    await expectAccessible();

    await shown.user.click(await source("Preferred name"));
    await shown.user.click(await screen.findByRole("option", { name: /Headline/ }));
    await waitFor(() => expect(previews(shown)).toHaveLength(2));
    expect(JSON.stringify(previews(shown)[1]?.request)).toContain("opportunity.headline");
  });

  it("hide pay until it is revealed", async () => {
    const shown = open(path, full);
    await goWithEmail(shown);
    const pay = await screen.findByTestId("sample-pay_amount");
    expect(pay).not.toHaveTextContent("684000");
    await shown.user.click(within(pay).getByRole("button", { name: "Reveal Pay" }));
    expect(pay).toHaveTextContent("684000");
  });

  it("let the user choose among several candidates", async () => {
    const shown = open(path, { ...full, "mappings.sample": () => severalMatches });
    await goWithEmail(shown);
    await shown.user.click(await screen.findByRole("button", { name: /Staff Engineer/ }));
    await waitFor(() => expect(reads(shown)[1]?.request).toMatchObject({ subject: { kind: "opportunity", id: "opp-2" } }));
  });

  it("say in words that there is no such candidate", async () => {
    const nobody = new CommandError({ code: "not_found", message: "No candidate with that e-mail.", field: null, detail: null });
    const shown = open(path, {
      ...full,
      "mappings.sample": () => {
        throw nobody;
      },
    });
    await goWithEmail(shown);
    expect(await screen.findByRole("alert")).toHaveTextContent(nobody.message);
  });

  it("stay, marked as older, while Lever cannot be reached", async () => {
    const shown = open(path, full);
    await goWithEmail(shown);
    await screen.findByTestId("sample-first_name");
    const away = new CommandError({ code: "lever_unreachable", message: "Lever did not answer. Try again.", field: null, detail: null });
    shown.host.answer({
      "mappings.sample": () => {
        throw away;
      },
    });
    await shown.user.click(screen.getByRole("button", { name: "Go" }));
    expect(await screen.findByText(/Older samples of/)).toBeVisible();
    expect(screen.getByTestId("sample-first_name")).toHaveAttribute("data-stale");
  });

  it("of an earlier day say when they were read, and why they are not new", async () => {
    const shown = open(path, { ...full, "mappings.sample": () => foundEarlier });
    await goWithEmail(shown);
    const answer = await screen.findByTestId("sample-answer");
    await waitFor(() => expect(answer).toHaveTextContent("Lever cannot be reached right now."));
    expect(answer).toHaveTextContent(/Older samples of Anna Lindqvist .* read from Lever/);
    expect(await screen.findByTestId("sample-first_name")).toHaveAttribute("data-stale");
    shown.host.answer({ "mappings.sample": () => found });
    await shown.user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(answer).toHaveTextContent(/^Samples of/));
  });

  it("are still there after a look at another tab, and follow the draft without reading Lever again", async () => {
    const shown = open(path, full);
    await goWithEmail(shown);
    await screen.findByTestId("sample-first_name");
    await shown.user.click(screen.getByRole("tab", { name: "Connection" }));
    await shown.user.click(await screen.findByRole("tab", { name: "Inbound field mapping" }));
    expect(await screen.findByTestId("sample-first_name")).toHaveTextContent("Anna");
    expect(reads(shown)).toHaveLength(1);
  });
});

describe("saving", () => {
  it("waits for a change and says so to a screen reader", async () => {
    open(path, full);
    const save = await screen.findByRole("button", { name: "Save" });
    expect(save).toHaveAttribute("aria-disabled", "true");
    expect(save).toHaveAccessibleDescription(/Nothing has changed since the last save/);
  });

  it("sends the draft with the version it was made from", async () => {
    const { host, user } = open(path, full);
    await user.click(await source("Preferred name"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Mapping saved as version 4"));
    const request = host.calls.find(({ name }) => name === "mappings.save")?.request;
    expect(request).toMatchObject({ base_version: 3 });
    expect(JSON.stringify(request)).not.toContain("job_title");
  });

  it("names the required field that is missing", async () => {
    const { user } = open(path, full);
    await user.click(await source("First name"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    expect(screen.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/Choose a Lever field for First name/);
  });

  it("keeps the draft while the user looks elsewhere, until it is discarded", async () => {
    const { user } = open(path, full);
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.click(screen.getByRole("tab", { name: "Connection" }));
    await user.click(await screen.findByRole("tab", { name: "Inbound field mapping" }));
    expect(await source("Job title")).toHaveTextContent("Not mapped");
    await user.click(screen.getByRole("button", { name: "Discard changes" }));
    expect(await source("Job title")).toHaveTextContent("Job title");
  });

  it("asks which version to go on with after somebody else saved", async () => {
    const { host, user } = open(path, full);
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    host.answer({ "mappings.show": () => ({ ...mapping, version: 4 }) });
    host.push("mapping");
    expect(await screen.findByTestId("mapping-conflict")).toHaveTextContent("Version 4 was saved while you were editing.");
    await user.click(screen.getByRole("button", { name: "Keep my draft" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "mappings.save")?.request).toMatchObject({ base_version: 4 }));
  });
});

describe("transforms", () => {
  it("are added, set and shown with what each step gives", async () => {
    const shown = open(path, full);
    await goWithEmail(shown);
    await shown.user.click(await screen.findByRole("button", { name: /^Transforms for State or region/ }));
    expect(await screen.findByTestId("step-1")).toHaveTextContent("California");
    await shown.user.click(screen.getByRole("button", { name: "Add step" }));
    await shown.user.click(await screen.findByRole("menuitem", { name: "Trim" }));
    await shown.user.click(await screen.findByRole("button", { name: "Move Trim, step 2 up" }));
    expect(screen.getByTestId("step-1")).toHaveTextContent("Trim");
    await expectAccessible();
  });
});

describe("undo", () => {
  it("takes back a choice and a typed value by keyboard, and does them again", async () => {
    const { user } = open(path, full);
    const zone = await screen.findByLabelText("Fixed value for Time zone");
    await user.clear(zone);
    await user.type(zone, "Europe/Lisbon");
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.keyboard("{Control>}z{/Control}");
    expect(await source("Job title")).toHaveTextContent("Job title");
    await user.click(zone);
    await user.keyboard("{Control>}z{/Control}");
    expect(zone).toHaveValue("Europe/Stockholm");
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(zone).toHaveValue("Europe/Lisbon");
  });

  it("goes on after the user was on another tab", async () => {
    const { user } = open(path, full);
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.click(screen.getByRole("tab", { name: "Connection" }));
    await user.click(await screen.findByRole("tab", { name: "Inbound field mapping" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await source("Job title")).toHaveTextContent("Job title");
    expect(screen.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");
  });

  it("leaves an e-mail address alone, which is no part of the mapping", async () => {
    const { user } = open(path, full);
    await user.click(await source("Job title"));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    await user.type(screen.getByLabelText("Candidate e-mail"), "anna@");
    await user.keyboard("{Control>}z{/Control}");
    expect(await source("Job title")).toHaveTextContent("Not mapped");
  });
});

describe("a draft of the last time", () => {
  it("is here again after a crash and says so quietly", async () => {
    const left = { base_version: 3, rules: { rules: mapping.rules.rules.filter(({ target }) => target !== "job_title") }, changed_at: 1_700_000_000_000 };
    const { host, user } = open(path, { ...full, "mappings.show": () => ({ ...mapping, draft: left }) });
    expect(await screen.findByTestId("draft-restored")).toHaveTextContent(/Your unsaved changes of .* are here again/);
    expect(await source("Job title")).toHaveTextContent("Not mapped");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Go on" }));
    expect(screen.queryByTestId("draft-restored")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Discard changes" }));
    await waitFor(() => expect(host.calls.findLast(({ name }) => name === "mappings.keep_draft")?.request).toMatchObject({ draft: null }));
  });
});
