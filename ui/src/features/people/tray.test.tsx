import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { noTray, tray, twice } from "../../fake/imports";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const withTray = { ...full, "imports.list": () => tray };
type Shown = ReturnType<typeof open>;

const requests = ({ host }: Shown, name: string) => host.calls.filter((call) => call.name === name).map(({ request }) => request);
const hire = async (name: string) => within(await screen.findByRole("article", { name }));

describe("a hire that may be somebody who is here", () => {
  const asked = { ...full, "imports.list": () => twice };

  it("is shown beside that person, with pay hidden, and updates them on request", async () => {
    const shown = open("/people", asked);
    const question = within(await screen.findByTestId("same-person"));
    const row = question.getByRole("row", { name: /Job title/ });
    expect(row).toHaveTextContent("Senior Software EngineerStaff Engineer");
    expect(question.getByRole("row", { name: /^Pay/ })).toHaveTextContent("••••••");
    expect(question.getByText(/5 fields are the same/)).toBeVisible();
    await expectAccessible();
    await shown.user.click(question.getByRole("button", { name: "Update Anna Lindqvist" }));
    expect(requests(shown, "imports.decide")).toEqual([
      { opportunity_id: "opp-40", same_person: { kind: "update", person_id: "person-1" } },
    ]);
  });

  it("is added as another person on request", async () => {
    const shown = open("/people", asked);
    await shown.user.click(await screen.findByRole("button", { name: "Add Anna M. Lindqvist as another person" }));
    expect(requests(shown, "imports.decide")).toEqual([{ opportunity_id: "opp-40", same_person: { kind: "another" } }]);
  });
});

describe("hires that wait to be imported", () => {
  it("say what they lack and what Lever says, with pay hidden until revealed", async () => {
    const { user } = open("/people", withTray);
    const section = await screen.findByTestId("waiting-imports");
    expect(section).toHaveTextContent("3 hires wait for you.");
    expect(section).toHaveTextContent("1 other hire waits for Lever or for a field mapping.");
    const layla = await hire("ليلى حداد");
    expect(layla.getAllByTestId("missing-field").map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("Lever says: empty"),
      expect.stringContaining("Lever says: Nuevo León"),
      expect.stringContaining("••••••"),
    ]);
    await user.click(layla.getByRole("button", { name: "Reveal what Lever says for Pay" }));
    expect(layla.getByText("about 64 000")).toBeVisible();
    await expectAccessible();
  });

  it("are filled in where they are listed, by keyboard alone", async () => {
    const shown = open("/people", withTray);
    const wirawan = await hire("Wirawan");
    const button = wirawan.getByRole("button", { name: "Fill in and import" });
    expect(button).toBeDisabled();
    await shown.user.type(wirawan.getByLabelText("Last name for this hire"), "Sutanto{Enter}");
    expect(requests(shown, "imports.fill_in")).toEqual([{ opportunity_id: "opp-31", values: { last_name: "Sutanto" } }]);
  });

  it("mark the field whose value is refused", async () => {
    const message = "Personal e-mail: The value is not an e-mail address.";
    const shown = open("/people", {
      ...withTray,
      "imports.fill_in": () => {
        throw new CommandError({ code: "invalid_input", message, field: "personal_email", detail: null });
      },
    });
    const zoe = await hire("Zoë 🌻 Okafor");
    const input = zoe.getByLabelText("Personal e-mail for this hire");
    await shown.user.type(input, "zoe{Enter}");
    expect(await zoe.findByText(message)).toBeVisible();
    expect(input).toBeInvalid();
  });

  it("are tried again, and say when they are by themselves", async () => {
    const shown = open("/people", withTray);
    expect((await hire("Zoë 🌻 Okafor")).getByText(/Lever cannot be reached right now/)).toHaveTextContent("Next try");
    await shown.user.click(screen.getByRole("button", { name: "Try again: Wirawan" }));
    expect(requests(shown, "imports.try_again")).toEqual([{ opportunity_id: "opp-31" }]);
  });

  it("are declined after a question, and taken back", async () => {
    const shown = open("/people", withTray);
    await shown.user.click(await screen.findByRole("button", { name: "Do not import Wirawan" }));
    const asked = await screen.findByRole("dialog", { name: "Do not import Wirawan?" });
    expect(requests(shown, "imports.decline")).toEqual([]);
    await shown.user.click(within(asked).getByRole("button", { name: "Do not import" }));
    expect(requests(shown, "imports.decline")).toEqual([{ opportunity_id: "opp-31" }]);
    await shown.user.click(screen.getByRole("button", { name: "Take back: Prince" }));
    expect(requests(shown, "imports.take_back")).toEqual([{ opportunity_id: "opp-30" }]);
  });

  it("take no room while there are none", async () => {
    open("/people", { ...full, "imports.list": () => noTray });
    await screen.findByText("Anna Lindqvist");
    expect(screen.queryByTestId("waiting-imports")).not.toBeInTheDocument();
  });

  it("are reached from Home", async () => {
    const { user, history } = open("/", full);
    await user.click(await screen.findByRole("link", { name: "Open in People" }));
    expect(history.at(-1)).toBe("/people");
  });
});
