import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { suggestions } from "../../fake/suggestions";
import { empty } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";
type Shown = ReturnType<typeof open>;

const source = (label: string) => screen.findByRole("combobox", { name: `Lever field for ${label}` });
const suggestion = (target: string) => screen.findByTestId(`suggestion-${target}`);
const requests = ({ host }: Shown, name: string) => host.calls.filter((call) => call.name === name).map(({ request }) => request);

describe("suggestions", () => {
  it("name the field, the steps, the reason and an example, and are no part of the draft", async () => {
    const shown = open(path, empty);
    const start = await suggestion("start_date");
    expect(start).toHaveTextContent(/Suggested.*Anticipated start date.*Known alias of “Start date”/);
    expect(await suggestion("state")).toHaveTextContent("State → Value map, 2 pairs");
    expect(screen.getByTestId("mapping-job_title")).toHaveTextContent("For example Senior Software Engineer");
    expect(await source("Start date")).toHaveTextContent("Not mapped");
    expect(requests(shown, "mappings.keep_draft")).toEqual([]);
    await expectAccessible();
  });

  it("keep pay masked", async () => {
    open(path, empty);
    await suggestion("pay_amount");
    expect(screen.getByTestId("mapping-pay_amount")).not.toHaveTextContent("684000");
  });

  it("are accepted and dismissed by keyboard alone, one after the other", async () => {
    const shown = open(path, empty);
    const email = within(await suggestion("personal_email")).getByRole("button", { name: /^Accept/ });
    email.focus();
    await shown.user.keyboard("{Enter}");
    expect(await source("Personal e-mail")).toHaveTextContent("First e-mail address");
    const job = within(await suggestion("job_title"));
    expect(job.getByRole("button", { name: /^Accept/ })).toHaveFocus();
    await shown.user.tab();
    shown.host.answer({ "mappings.suggest": () => ({ open: suggestions.filter(({ rule }) => rule.target !== "job_title"), dismissed: 1 }) });
    await shown.user.keyboard("{Enter}");
    await waitFor(() =>
      expect(requests(shown, "mappings.dismiss_suggestion")).toEqual([
        { mapping: "people", target: "job_title", source: { kind: "lever", field: "offer.job_title" } },
      ]),
    );
    await waitFor(() => expect(screen.queryByTestId("suggestion-job_title")).not.toBeInTheDocument());
    expect(screen.getByTestId("suggestion-start_date")).toContainElement(document.activeElement as HTMLElement);
    expect(screen.getByRole("button", { name: "Show 1 dismissed" })).toBeVisible();
  });

  it("that are exact are accepted at once and undone as one step", async () => {
    const { user } = open(path, empty);
    expect(await screen.findByTestId("suggestions")).toHaveTextContent("5 rows have a suggestion. 2 have exactly the same name in Lever.");
    await user.click(screen.getByRole("button", { name: "Accept all exact" }));
    expect(await source("Job title")).toHaveTextContent("Job title");
    expect(await source("State or region")).toHaveTextContent("Not mapped");
    expect(screen.getByTestId("suggestions")).toHaveTextContent("3 rows have a suggestion.");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await source("Job title")).toHaveTextContent("Not mapped");
    expect(await suggestion("job_title")).toBeVisible();
  });
});
