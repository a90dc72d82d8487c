import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { anotherOrganisation, byKey, connected, failed, signIn, waitingForBrowser } from "../../fake/connection";
import { empty, full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever";
const requests = ({ calls }: ReturnType<typeof open>["host"], name: string) =>
  calls.filter((call) => call.name === name).map(({ request }) => request);

describe("an API key", () => {
  it("is the other way to connect, and says what it must be allowed to do", async () => {
    const { host, user } = open(path, empty);
    await user.click(await screen.findByRole("radio", { name: /API key/ }));
    expect(screen.getByText("You need the Super Admin role in Lever.")).toBeVisible();
    expect(screen.getByTestId("permissions")).not.toHaveTextContent("offline_access");
    const connect = screen.getByRole("button", { name: "Connect with this key" });
    expect(connect).toHaveAccessibleDescription("Choose an environment first.");
    await user.click(screen.getByRole("radio", { name: "Sandbox" }));
    expect(connect).toHaveAccessibleDescription("Paste the API key first.");
    await user.type(screen.getByLabelText("API key"), " s3cret-key ");
    await expectAccessible();
    host.answer({ "connections.show": () => byKey });
    await user.click(connect);
    expect(await screen.findByText(byKey.sentence)).toBeVisible();
    expect(screen.getByText("An API key")).toBeVisible();
    expect(requests(host, "connections.use_api_key")).toEqual([
      { integration: "onboarding", environment: "sandbox", api_key: "s3cret-key" },
    ]);
  });

  it("that Lever refuses is marked, and can be corrected", async () => {
    const message = "Lever (Practice) does not accept this API key.";
    const { user } = open(path, {
      ...empty,
      "connections.use_api_key": () => {
        throw new CommandError({ code: "invalid_input", message, field: "api_key", detail: null });
      },
    });
    await user.click(await screen.findByRole("radio", { name: /API key/ }));
    await user.click(screen.getByRole("radio", { name: "Practice" }));
    await user.type(screen.getByLabelText("API key"), "wrong-key{Enter}");
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByLabelText("API key")).toHaveAccessibleDescription(expect.stringContaining(message));
  });
});

describe("a sign-in that failed", () => {
  it("says what happened, what to do, and keeps Lever's words under Details", async () => {
    open(path, { ...full, "connections.show": () => failed });
    const notice = await screen.findByTestId("sign-in-failure");
    expect(notice).toHaveTextContent("the client secret is wrong");
    expect(notice).toHaveTextContent("What to do: Copy both again");
    await expectAccessible();
  });

  it("for want of a free port is completed by pasting the address", async () => {
    const problem = "Another program uses the ports that Lever comes back to (45110, 45111, 45112).";
    const waiting = { ...waitingForBrowser, sign_in: { ...signIn, port_problem: problem } };
    open(path, { ...full, "connections.show": () => waiting });
    expect(await screen.findByTestId("port-problem")).toHaveTextContent("45111");
    expect(screen.getByLabelText("Address from the browser")).toBeVisible();
    await expectAccessible();
  });
});

describe("another organisation", () => {
  const answers = { ...full, "connections.show": () => anotherOrganisation };

  it("is shown beside the connected one, with what taking it over means", async () => {
    open(path, answers);
    const question = within(await screen.findByTestId("other-organisation"));
    for (const words of ["5c1a7e90", "b7712f04", /2 listeners start switched off/]) {
      expect(question.getByText(words)).toBeVisible();
    }
    await expectAccessible();
  });

  it.each([
    ["Take over the other organisation", true],
    ["Keep what is connected", false],
  ])("%s", async (name, accept) => {
    const { host, user } = open(path, answers);
    const button = await screen.findByRole("button", { name });
    host.answer({ "connections.show": () => connected });
    await user.click(button);
    await waitFor(() => expect(screen.queryByTestId("other-organisation")).not.toBeInTheDocument());
    expect(requests(host, "connections.confirm_organisation")).toEqual([{ integration: "onboarding", accept }]);
  });
});
