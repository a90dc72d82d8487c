import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { settings, writes } from "../../fake/letters";
import { empty, full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const refusal = (code: "invalid_input" | "not_found", field: string | null, message: string) => () => {
  throw new CommandError({ code, message, field, detail: null });
};

describe("why there is no letter", () => {
  async function ask(answers = full) {
    const shown = open("/offers", answers);
    await shown.user.click(await screen.findByRole("button", { name: "Why no letter?" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Why no letter?" }));
    await shown.user.type(dialog.getByRole("textbox", { name: "Candidate" }), "rosa@mail.example{Enter}");
    return { ...shown, dialog };
  }

  it("is told condition by condition, with what Lever says and what to do", async () => {
    const { host, dialog } = await ask();
    const [first, second] = await dialog.findAllByTestId("why-offer");
    expect(host.calls.find(({ name }) => name === "letters.why")?.request).toEqual({ who: "rosa@mail.example" });
    const offer = within(first ?? document.body);
    expect(offer.getByTestId("why-in_pipeline")).toHaveTextContent("YesThe candidate is in the pipeline");
    expect(offer.getByTestId("why-stage")).toHaveTextContent(/^No.*“Verbal offer”.*Move the candidate to the Offer stage/);
    expect(offer.getByText(/“per-month-salary” is neither/)).toBeVisible();
    expect(second).toHaveTextContent("was sent before Fulcrum was connected");
    expect(within(second ?? document.body).getByRole("link", { name: "Open it" })).toHaveAttribute("href", "/offers/letter-4");
    await expectAccessible();
  });

  it("says that nobody was found, and what can be searched for", async () => {
    const message = "Nobody was found. Lever finds candidates by their whole e-mail address only.";
    const { dialog } = await ask({ ...full, "letters.why": refusal("not_found", null, message) });
    expect(await dialog.findByRole("alert")).toHaveTextContent(message);
  });

  it("marks the input that is refused", async () => {
    const { dialog } = await ask({ ...full, "letters.why": refusal("invalid_input", "who", "Enter the e-mail address.") });
    expect(await dialog.findByText("Enter the e-mail address.")).toBeVisible();
    expect(dialog.getByRole("textbox", { name: "Candidate" })).toBeInvalid();
  });
});

describe("the settings of offer letters", () => {
  it("are saved as a whole", async () => {
    const { host, user } = open("/offers/settings", full);
    await user.click(await screen.findByRole("combobox", { name: "Offer stage" }));
    await user.click(await screen.findByRole("option", { name: "Verbal offer" }));
    await user.click(screen.getByRole("switch", { name: /Letters also for offers that Lever sends/ }));
    await user.click(screen.getByRole("switch", { name: /Secret note/ }));
    const tag = screen.getByRole("textbox", { name: "Tag" });
    await user.clear(tag);
    await user.type(tag, "Has a letter");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(host.calls.find(({ name }) => name === "letters.save_settings")?.request).toEqual({
      stage: "stage-verbal", also_sent: true, secret_note: false, tag: "Has a letter",
    });
  });

  it("mark the field that is refused", async () => {
    const message = "Enter the tag that candidates with a letter get, 100 characters at most.";
    const { user } = open("/offers/settings", { ...full, "letters.save_settings": refusal("invalid_input", "tag", message) });
    const tag = await screen.findByRole("textbox", { name: "Tag" });
    expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
    await user.clear(tag);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(message)).toBeVisible();
    expect(tag).toBeInvalid();
  });

  it("keep a stage that Lever has no more", async () => {
    open("/offers/settings", { ...full, "letters.settings": () => ({ ...settings, set: { ...settings.set, stage: "stage-old" } }) });
    expect(await screen.findByRole("combobox", { name: "Offer stage" })).toHaveValue("Another stage (id stage-old)");
  });
});

describe("what was written to Lever", () => {
  it("is listed with its state and its letter", async () => {
    open("/offers/written", full);
    const table = within(await screen.findByTestId("written"));
    expect(table.getAllByRole("row")).toHaveLength(writes.length + 1);
    expect(table.getAllByRole("row")[2]).toHaveTextContent("Tag “Agora Offer”Not writtenLever asked us to wait.");
    expect(table.getAllByRole("link")[0]).toHaveAttribute("href", "/offers/letter-1");
    await expectAccessible();
  });

  it("is read further on request", async () => {
    const first = writes.slice(0, 3);
    const { host, user } = open("/offers/written", {
      ...full,
      "letters.writes": ({ from }) => (from === 0 ? { writes: first, more: true } : { writes: writes.slice(3), more: false }),
    });
    await user.click(await screen.findByRole("button", { name: "Load older" }));
    await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(writes.length + 1));
    expect(host.calls.filter(({ name }) => name === "letters.writes").map(({ request }) => request)).toEqual([{ from: 0 }, { from: 200 }]);
    expect(screen.queryByRole("button", { name: "Load older" })).toBeNull();
  });

  it("is reached from where Lever is connected, with the tag that is set", async () => {
    open("/integrations/ats/lever", { ...empty, "letters.settings": () => ({ ...settings, set: { ...settings.set, tag: "Has a letter" } }) });
    const section = within(await screen.findByTestId("writes"));
    expect(await section.findByText("One tag “Has a letter”")).toBeVisible();
    expect(section.getByRole("link", { name: "All that was written" })).toHaveAttribute("href", "/offers/written");
    expect(section.getByRole("link", { name: "Settings of offer letters" })).toHaveAttribute("href", "/offers/settings");
  });
});
