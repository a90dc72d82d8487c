import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { found } from "../../fake/mapping";
import { severalOffers } from "../../fake/offers";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/ats/lever/mapping";

const row = async (id: string) => within(await screen.findByTestId(`offer-${id}`));

describe("the rows of a letter", () => {
  it("are twenty, each with its kind, its rule in words and what it reads", async () => {
    open(path, full);
    const table = await screen.findByTestId("offer-table");
    expect(within(table).getAllByRole("row")).toHaveLength(21);
    const currency = await row("currency");
    expect(currency.getByText("Direct")).toBeVisible();
    expect(currency.getByText("As in Lever, or else your company's default currency.")).toBeVisible();
    expect(currency.getByRole("list", { name: "Lever fields for Currency" })).toHaveTextContent("offer.compensation_currency");
    expect((await row("type_of_shares")).getByText(/Your offer form in Lever has no field equity_type/)).toBeVisible();
    expect(screen.getByTestId("not-supported")).toHaveTextContent(/Equity value.*Target commission/);
    expect(within(table).queryByRole("combobox")).not.toBeInTheDocument();
    expect(screen.queryByTestId("save-mapping")).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("are overridden by keyboard, saved, and given back to the standard rule", async () => {
    const { host, user } = open(path, full);
    const title = await row("job_title");
    title.getByRole("button", { name: "Override Job title" }).focus();
    await user.keyboard("{Enter}");
    const source = title.getByRole("combobox", { name: "Lever field for Job title" });
    await waitFor(() => expect(source).toHaveFocus());
    await user.keyboard("{Enter}");
    await user.type(await screen.findByRole("textbox", { name: "Search Lever fields for Job title" }), "headline");
    await user.keyboard("{Enter}");
    expect(title.getByText("Overridden by you")).toBeVisible();
    await user.click(await screen.findByTestId("save-mapping"));
    await waitFor(() => expect(host.calls.some(({ name }) => name === "mappings.save")).toBe(true));
    const saved = host.calls.find(({ name }) => name === "mappings.save")?.request;
    expect(saved).toMatchObject({ mapping: "offers", base_version: 0 });
    expect(JSON.stringify(saved)).toContain('"target":"job_title","source":{"kind":"lever","field":"opportunity.headline"}');
  });

  it("go back to the standard rule by one button", async () => {
    const { user } = open(path, full);
    const title = await row("job_title");
    await user.click(title.getByRole("button", { name: "Override Job title" }));
    await user.click(title.getByRole("combobox", { name: "Lever field for Job title" }));
    await user.click(await screen.findByRole("option", { name: "Not mapped" }));
    expect(await screen.findByTestId("save-mapping")).toBeVisible();
    await user.click(title.getByRole("button", { name: "Use the standard rule for Job title" }));
    expect(title.getByRole("button", { name: "Override Job title" })).toBeVisible();
    expect(screen.queryByTestId("save-mapping")).not.toBeInTheDocument();
  });
});

describe("the sample of an offer", () => {
  it("is chosen among several, and shows what to look at", async () => {
    const { host, user } = open(path, { ...full, "mappings.sample": ({ subject }) => (subject.kind === "email" ? severalOffers : found) });
    await user.type(await screen.findByLabelText("Candidate e-mail"), "anna.lindqvist@mail.example");
    await user.click(screen.getByTestId("go"));
    await user.click(await screen.findByText(/offer denied, made 6 Nov 2026/));
    await waitFor(() =>
      expect(host.calls.filter(({ name }) => name === "mappings.sample").at(-1)?.request).toMatchObject({
        mapping: "offers", subject: { kind: "offer", opportunity_id: "opp-1", offer_id: "offer-1" },
      }),
    );
    const assignee = await row("assignee");
    expect(await assignee.findByText(/the letter goes to whoever connected Lever/)).toBeVisible();
    expect((await row("base_salary")).queryByText("684000")).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("is any recent offer", async () => {
    const { user } = open(path, full);
    await user.click(await screen.findByText("Any recent offer"));
    expect(await (await row("base_salary_pay_period")).findByText("Annual")).toBeVisible();
  });
});

describe("the defaults of the company", () => {
  it("are saved", async () => {
    const { host, user } = open(path, full);
    const company = within(await screen.findByTestId("company"));
    await user.click(await company.findByRole("combobox", { name: "Default currency" }));
    await user.click(await screen.findByRole("option", { name: "EUR, Euro" }));
    await user.click(company.getByRole("button", { name: "Save defaults" }));
    await waitFor(() => expect(host.calls.find(({ name }) => name === "company.save")?.request).toEqual({ currency: "EUR", time_zone: "Europe/Stockholm" }));
  });
});
