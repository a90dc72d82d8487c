import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { anna } from "../../fake/letter";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

type Shown = ReturnType<typeof open>;

const path = "/offers/letter-1";
const requests = ({ host }: Shown, name: string) => host.calls.filter((call) => call.name === name).map(({ request }) => request);
const field = async (id: string) => within(await screen.findByTestId(`field-${id}`));

async function shownWith(change: Partial<typeof anna>): Promise<Shown> {
  const shown = open(path, { ...full, "letters.show": () => ({ ...anna, ...change }) });
  await screen.findByTestId("letter-facts");
  return shown;
}

describe("an offer letter", () => {
  it("says how the offer stands, and that nothing here changes it", async () => {
    const shown = open(path, full);
    expect(await screen.findByRole("heading", { level: 1, name: "Anna Lindqvist" })).toBeVisible();
    expect(screen.getByRole("img", { name: "From Lever" })).toBeVisible();
    expect(screen.getByTestId("offer-status")).toHaveTextContent("Published");
    const facts = within(screen.getByTestId("letter-facts"));
    expect(facts.getByText("Nothing done here changes the offer in Lever.")).toBeVisible();
    expect(facts.getByText("18 Jan 2027")).toBeVisible();
    expect(facts.getByRole("link", { name: /Open/ })).toHaveAttribute("href", anna.link);
    expect(facts.getByRole("button", { name: "Copy The candidate’s link" })).toBeVisible();
    await shown.user.click(facts.getByRole("button", { name: "Check now" }));
    expect(requests(shown, "letters.check_now")).toEqual([{ id: "letter-1" }]);
  });

  it("shows all fields, each with where it comes from on focus, and why it is empty", async () => {
    open(path, full);
    const table = await screen.findByRole("table", { name: "Fields" });
    expect(within(table).getAllByRole("row")).toHaveLength(21);
    const title = await field("job_title");
    expect(title.queryByRole("tooltip")).toBeNull();
    title.getByRole("button", { name: "Where Job title comes from" }).focus();
    expect(await title.findByRole("tooltip")).toHaveTextContent("RuleAs in Lever.In LeverSenior Software Engineer");
    expect(title.getByRole("button", { name: "Where Job title comes from" })).toHaveAccessibleDescription(/As in Lever/);
    expect((await field("candidate_address_line_1")).getByText(/has no field candidate_address_line_1/)).toBeVisible();
    expect(screen.getByTestId("not-supported")).toHaveTextContent("Equity value: Lever's offer form has no standard field for it.");
    await expectAccessible();
  });

  it("shows it on hover too, hides it on Escape, and keeps pay hidden until it is revealed", async () => {
    const { user } = open(path, full);
    const pay = await field("base_salary");
    await user.hover(pay.getByText("Reveal", { selector: "[aria-label='Reveal Base salary'] *" }));
    expect(await pay.findByRole("tooltip")).toHaveTextContent("In Leverhidden until revealed");
    await user.click(pay.getByRole("button", { name: "Reveal Base salary" }));
    expect(pay.getByText("690000")).toBeVisible();
    expect(pay.getByRole("tooltip")).toHaveTextContent("In Lever684000");
    pay.getByRole("button", { name: "Where Base salary comes from" }).focus();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(pay.queryByRole("tooltip")).toBeNull());
  });

  it("says who set a value here and why, and asks where Lever says something else since", async () => {
    const shown = open(path, full);
    const pay = await field("base_salary");
    expect(pay.getByText("Set here")).toBeVisible();
    expect(pay.getByText(/amina/)).toHaveTextContent("“Agreed by phone on Monday.”");
    expect(pay.queryByRole("button", { name: /As in Lever/ })).toBeNull();
    expect(pay.getByTestId("overtaken")).toHaveTextContent("Lever now says ••••••");
    await shown.user.click(pay.getByRole("button", { name: "Keep Base salary as set here" }));
    expect(requests(shown, "letters.keep")).toEqual([
      { id: "letter-1", field: "base_salary", value: "690000", reason: "Agreed by phone on Monday." },
    ]);
    await shown.user.click(pay.getByRole("button", { name: "Take Base salary from Lever" }));
    expect(requests(shown, "letters.take")).toEqual([{ id: "letter-1", field: "base_salary" }]);
    await waitFor(() => expect(pay.getByRole("button", { name: "Override Base salary" })).toHaveFocus());
  });

  it("takes a value back to what Lever says", async () => {
    const shown = open(path, full);
    const benefits = await field("benefit_package");
    await shown.user.click(benefits.getByRole("button", { name: "As in Lever: Benefit package" }));
    expect(requests(shown, "letters.take")).toEqual([{ id: "letter-1", field: "benefit_package" }]);
  });

  it("is overridden with a reason, and marks the input that is refused", async () => {
    const message = "Say why, so that others understand it later.";
    const shown = open(path, {
      ...full,
      "letters.keep": () => {
        throw new CommandError({ code: "invalid_input", message, field: "reason", detail: null });
      },
    });
    const place = await field("display_location");
    await shown.user.click(place.getByRole("button", { name: "Override Display Location" }));
    const form = within(await screen.findByRole("dialog", { name: "Override Display Location" }));
    const value = form.getByRole("textbox", { name: "Value in the letter" });
    expect(value).toHaveValue("Stockholm");
    await shown.user.clear(value);
    await shown.user.type(value, "Uppsala{Enter}");
    expect(await form.findByText(message)).toBeVisible();
    expect(form.getByRole("textbox", { name: "Reason" })).toBeInvalid();
    shown.host.answer({ "letters.keep": () => anna });
    await shown.user.type(form.getByRole("textbox", { name: "Reason" }), "The office moved.");
    await shown.user.click(form.getByRole("button", { name: "Set here" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(requests(shown, "letters.keep").at(-1)).toEqual({
      id: "letter-1", field: "display_location", value: "Uppsala", reason: "The office moved.",
    });
  });

  it("lists its versions, warns of what the candidate may have seen, and keeps pay hidden", async () => {
    const { user } = open(path, full);
    const third = within(await screen.findByTestId("version-3"));
    expect(third.getByText("The candidate may have seen the old values.")).toBeVisible();
    expect(third.queryByText("672000")).toBeNull();
    await user.click(third.getByRole("button", { name: "Reveal Base salary in version 3" }));
    expect(third.getByText("672000")).toBeVisible();
    expect(third.getByText("690000")).toBeVisible();
    expect(within(screen.getByTestId("version-2")).queryByText(/may have seen/)).toBeNull();
  });

  it("says of each change in Lever whether it is there, and tries one again", async () => {
    const shown = open(path, full);
    expect(await screen.findByTestId("write-note")).toHaveTextContent("Written");
    expect(within(screen.getByTestId("write-note")).queryByRole("button")).toBeNull();
    expect(screen.getByTestId("write-link")).toHaveTextContent("Waiting");
    expect(screen.getByTestId("write-tag")).toHaveTextContent("Not writtenLever asked us to wait.");
    await shown.user.click(screen.getByRole("button", { name: "Retry: Tag “Agora Offer”" }));
    expect(requests(shown, "letters.retry")).toEqual([{ id: "letter-1", kind: "tag" }]);
  });

  it("shows its own lines of the log", async () => {
    open(path, full);
    const log = within(await screen.findByTestId("letter-activity"));
    expect(await log.findByText(/You set Base salary of the letter of Anna Lindqvist/)).toBeVisible();
    expect(log.queryByText(/You saved version 3 of the mapping/)).toBeNull();
  });

  it("is taken back after a question, and published again", async () => {
    const shown = open(path, full);
    await shown.user.click(await screen.findByRole("button", { name: "Take back" }));
    const asked = within(await screen.findByRole("dialog", { name: "Take back the letter of Anna Lindqvist?" }));
    expect(asked.getByText(/no longer available/)).toBeVisible();
    expect(requests(shown, "letters.withdraw")).toEqual([]);
    await shown.user.click(asked.getByRole("button", { name: "Take back" }));
    expect(requests(shown, "letters.withdraw")).toEqual([{ id: "letter-1" }]);
  });

  it.each(["unpublished", "withdrawn"] as const)("is published while it is %s", async (status) => {
    const shown = await shownWith({ status, link: null });
    expect(screen.getByText("The candidate cannot see the letter now.")).toBeVisible();
    await shown.user.click(screen.getByRole("button", { name: "Publish" }));
    expect(requests(shown, "letters.publish")).toEqual([{ id: "letter-1" }]);
  });

  it("says why it is held, that its candidate was hired, and why its page is not there", async () => {
    await shownWith({ status: "held", attention: "The currency is not known.", out: "hired", page_problem: "The relay does not take pages." });
    expect(screen.getByTestId("letter-attention")).toHaveTextContent("The currency is not known.");
    expect(screen.getByText("Archived as hired")).toBeVisible();
    expect(screen.getByText("The relay does not take pages.")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Publish|Take back/ })).toBeNull();
  });

  it("of a candidate who is gone says so, and holds nothing", async () => {
    open("/offers/letter-10", full);
    expect(await screen.findByText("This candidate is gone from Lever")).toBeVisible();
    expect(screen.getByTestId("tombstone")).toHaveTextContent("Nothing about the candidate is kept here.");
    expect(screen.queryByTestId("letter-fields")).toBeNull();
    expect(screen.queryByRole("button", { name: "Publish" })).toBeNull();
    await expectAccessible();
  });
});
