import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Answers } from "../../fake/fake-host";
import { manyLetters, page } from "../../fake/letters";
import { empty, fail, full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const many: Answers = { ...full, "letters.list": (request) => page(manyLetters, request) };
type Shown = ReturnType<typeof open>;

const lists = ({ host }: Shown) => host.calls.filter(({ name }) => name === "letters.list").map(({ request }) => request);
const rows = () => screen.findAllByTestId("offer-row");

describe("the list of offers", () => {
  it("shows each letter with Lever's sign only where it is from Lever, its state in a word, and its pay on request", async () => {
    const { user, history } = open("/offers", full);
    expect(await rows()).toHaveLength(10);
    const anna = within(screen.getByRole("row", { name: /Anna Lindqvist/ }));
    expect(anna.getByRole("img", { name: "From Lever" })).toBeVisible();
    expect(anna.getByText("Published")).toBeVisible();
    expect(anna.getByText("4 Jan 2027")).toBeVisible();
    expect(anna.queryByText(/684000/)).toBeNull();
    await user.click(anna.getByRole("button", { name: "Reveal the pay of Anna Lindqvist" }));
    expect(anna.getByText(/SEK 684000 annual/)).toBeVisible();
    expect(history.at(-1)).toBe("/offers");
    const ines = within(screen.getByRole("row", { name: /Ines Duarte/ }));
    expect(ines.queryByRole("img", { name: "From Lever" })).toBeNull();
    expect(screen.getByText("approval-rescinded")).toBeVisible();
    expect(screen.getByText("Candidate deleted")).toBeVisible();
    expect(screen.getByTestId("checked")).toHaveTextContent(/10 offers · checked \d+ s ago · 10 candidates are looked at every minute/);
  });

  it("is narrowed by text, status, source and what needs attention", async () => {
    const shown = open("/offers", full);
    await shown.user.type(await screen.findByRole("searchbox", { name: "Search offers" }), "engineer");
    await waitFor(() => expect(screen.getAllByTestId("offer-row")).toHaveLength(1));
    expect(lists(shown).at(-1)).toMatchObject({ search: "engineer", from: 0, most: 200 });
    expect(lists(shown).length).toBeLessThan("engineer".length);
    await shown.user.click(screen.getByRole("button", { name: "Clear the search" }));
    await shown.user.click(screen.getByRole("combobox", { name: "Status" }));
    await shown.user.click(await screen.findByRole("option", { name: "Published (2)" }));
    await waitFor(() => expect(screen.getAllByTestId("offer-row")).toHaveLength(2));
    await shown.user.click(screen.getByRole("combobox", { name: "Source" }));
    await shown.user.click(await screen.findByRole("option", { name: "By hand" }));
    await waitFor(() => expect(screen.getAllByTestId("offer-row")).toHaveLength(1));
    await shown.user.click(screen.getByRole("button", { name: "Needs attention (1)" }));
    expect(await screen.findByText("No offer matches")).toBeVisible();
    await shown.user.click(screen.getByRole("button", { name: "Clear the filter" }));
    expect(await rows()).toHaveLength(10);
  });

  it("is sorted by a heading, and turned by the same one", async () => {
    const shown = open("/offers", full);
    await rows();
    const heading = (name: string) => screen.getByRole("columnheader", { name });
    expect(heading("Updated")).toHaveAttribute("aria-sort", "descending");
    await shown.user.click(screen.getByRole("button", { name: "Start date" }));
    await waitFor(() => expect(lists(shown).at(-1)).toMatchObject({ order: "start_date", turned: false }));
    expect(heading("Start date")).toHaveAttribute("aria-sort", "ascending");
    expect(heading("Updated")).toHaveAttribute("aria-sort", "none");
    await shown.user.click(screen.getByRole("button", { name: "Start date" }));
    await waitFor(() => expect(lists(shown).at(-1)).toMatchObject({ order: "start_date", turned: true }));
    expect(heading("Start date")).toHaveAttribute("aria-sort", "descending");
    expect(heading("Pay")).not.toHaveAttribute("aria-sort");
  });

  it("opens a letter by keyboard alone, and gives the focus back", async () => {
    const { user, history } = open("/offers", full);
    (await screen.findByRole("button", { name: "Anna Lindqvist" })).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: "Tomás O’Brien" })).toBeVisible();
    expect(history.at(-1)).toBe("/offers/letter-2");
    await user.click(within(screen.getByRole("navigation", { name: "Breadcrumb" })).getByRole("link", { name: "Offers" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Tomás O’Brien" })).toHaveFocus());
  });

  it("of ten thousand holds a window of rows, and reads the page that comes into view", async () => {
    const shown = open("/offers", many);
    const table = await screen.findByTestId("offers-table");
    expect(table).toHaveAttribute("aria-rowcount", "10001");
    await waitFor(() => expect(screen.getAllByTestId("offer-row").length).toBeGreaterThan(0));
    expect(screen.getAllByTestId("offer-row").length).toBeLessThan(60);
    expect(lists(shown)).toHaveLength(1);
    const scroller = table.parentElement ?? table;
    scroller.scrollTop = 5_010 * 56;
    fireEvent.scroll(scroller);
    await waitFor(() => expect(lists(shown)).toContainEqual(expect.objectContaining({ from: 5_000, most: 200 })));
    expect(await screen.findByRole("button", { name: "Anna Lindqvist 502" })).toBeVisible();
    expect(screen.getAllByTestId("offer-row").length).toBeLessThan(60);
  });

  it("says that nothing is checked now, and why", async () => {
    open("/offers", { ...full, "letters.list": (request) => ({ ...page([], request), paused: "Lever is not connected." }) });
    expect(await screen.findByText("Paused: Lever is not connected.")).toBeVisible();
  });

  it("says before the first letter what makes one", async () => {
    const { user } = open("/offers", empty);
    expect(await screen.findByText("No offers yet")).toBeVisible();
    expect(screen.getByRole("link", { name: "Configure Lever" })).toHaveAttribute("href", "/integrations/ats/lever");
    await user.click(within(screen.getByTestId("empty")).getByRole("button", { name: "Why no letter?" }));
    expect(await screen.findByRole("dialog", { name: "Why no letter?" })).toBeVisible();
  });
});

describe("the export", () => {
  it("holds every letter that matches, and no pay unless it is ticked", async () => {
    const { host, user } = open("/offers", many);
    await user.click(await screen.findByRole("button", { name: "Needs attention (1,000)" }));
    await screen.findByText(/^1,000 offers$/);
    await user.click(screen.getByRole("button", { name: "Export CSV" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Export offers" }));
    await user.click(dialog.getByRole("button", { name: "Save as file" }));
    expect(await dialog.findByText(/Saved as Downloads\/offers-\d{4}-\d{2}-\d{2}\.csv/)).toBeVisible();
    const [text] = host.files.values();
    expect(text?.trimEnd().split("\r\n")).toHaveLength(1_001);
    expect(text).not.toContain("EUR");
    await user.click(dialog.getByRole("checkbox", { name: /With pay/ }));
    await user.click(dialog.getByRole("button", { name: "Save as file" }));
    await waitFor(() => expect([...host.files.values()].at(-1)).toContain("EUR 5400"));
  });

  it("says what failed", async () => {
    const { host, user } = open("/offers", full);
    await user.click(await screen.findByRole("button", { name: "Export CSV" }));
    host.answer({ "letters.list": fail });
    const dialog = within(await screen.findByRole("dialog", { name: "Export offers" }));
    await user.click(dialog.getByRole("button", { name: "Save as file" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("The answer could not be read.");
    expect(host.files.size).toBe(0);
    await expectAccessible();
  });
});
