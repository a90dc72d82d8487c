import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { connected, limited, notConnected, signIn, validating, verified, waitingForBrowser } from "../../fake/connection";
import { empty, full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever";
const called = (host: ReturnType<typeof open>["host"], name: string) => host.calls.filter((call) => call.name === name);

describe("connecting Lever", () => {
  it("follows the article: the option, the button, our permissions, then the browser", async () => {
    const { host, user } = open(path, empty);
    await user.click(await screen.findByRole("radio", { name: /Lever Connect \(Recommended\)/ }));
    await user.click(screen.getByRole("radio", { name: "Practice" }));
    await user.click(screen.getByRole("button", { name: "Login to set up integration" }));
    expect(screen.getByRole("heading", { name: "Fulcrum asks Lever for these permissions" })).toBeVisible();
    expect(called(host, "connections.sign_in")).toEqual([]);
    await expectAccessible();

    host.answer({ "connections.show": () => waitingForBrowser });
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(await screen.findByRole("link", { name: "Open again" })).toHaveAttribute("href", signIn.authorize_url);
    expect(called(host, "connections.sign_in")[0]?.request).toEqual({
      integration: "onboarding", environment: "practice", client_id: null, client_secret: null, also: [],
    });
    await expectAccessible();
  });

  it("asks for the client id and secret where they are not known, and says so until they are there", async () => {
    const { host, user } = open(path, empty);
    await user.click(await screen.findByRole("radio", { name: /Lever Connect/ }));
    await user.click(screen.getByRole("radio", { name: "Production" }));
    const login = screen.getByRole("button", { name: "Login to set up integration" });
    expect(login).toHaveAccessibleDescription("Enter the client id first.");
    await user.click(login);
    expect(screen.queryByText("Fulcrum asks Lever for these permissions")).not.toBeInTheDocument();

    await user.type(screen.getByLabelText("Client id"), " abc ");
    await user.type(screen.getByLabelText("Client secret"), "s3cret");
    await user.click(login);
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(called(host, "connections.sign_in")[0]?.request).toEqual({
      integration: "onboarding", environment: "production", client_id: "abc", client_secret: "s3cret", also: [],
    });
  });

  it("waits for the outcome once, and shows the confirmation when the browser came back", async () => {
    const { host } = open(path, {
      ...full,
      "connections.show": () => waitingForBrowser,
      "connections.wait": () => {
        host.answer({ "connections.show": () => connected });
        return connected;
      },
    });
    expect(await screen.findByText(connected.sentence)).toBeVisible();
    expect(called(host, "connections.wait")).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Validate" })).toBeEnabled();
  });

  it("offers to paste the address after twenty seconds", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    open(path, { ...full, "connections.show": () => ({ ...waitingForBrowser, sign_in: { ...signIn, started_at: Date.now() } }) });
    await screen.findByText(/Click Accept there/);
    expect(screen.queryByLabelText("Address from the browser")).not.toBeInTheDocument();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await screen.findByLabelText("Address from the browser")).toBeVisible();
  });

  it("goes back when it is cancelled", async () => {
    const { host, user } = open(path, {
      ...full,
      "connections.show": () => waitingForBrowser,
      "connections.cancel": () => {
        host.answer({ "connections.show": () => notConnected });
        return notConnected;
      },
    });
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("radio", { name: /Lever Connect/ })).toBeVisible();
  });
});

describe("validating", () => {
  it("ends in Verified, lists the checks and announces the new state", async () => {
    const { host, user } = open(path, { ...full, "connections.show": () => connected });
    await user.click(await screen.findByRole("button", { name: "Validate" }));
    host.answer({ "connections.show": () => verified });
    host.push("connection");
    await waitFor(() => expect(screen.getByTestId("connection-state")).toHaveTextContent("Verified"));
    expect(screen.getByTestId("checks")).toHaveTextContent("Lever accepts the connection");
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Lever: Verified"));
  });

  it("shows how far it is and what Lever is slow with, and stops", async () => {
    const { host, user } = open(path, { ...full, "connections.show": () => validating });
    const progress = await screen.findByTestId("validation");
    expect(progress).toHaveTextContent("Check 3 of 17: View all candidates' offers");
    expect(within(progress).getByRole("status")).toHaveTextContent("This takes longer than usual: “View all candidates' offers”");
    expect(screen.getByTestId("checks")).toHaveTextContent("Organisation and user");
    expect(screen.queryByRole("button", { name: "Validate" })).not.toBeInTheDocument();
    await expectAccessible();

    host.answer({ "connections.show": () => connected });
    await user.click(within(progress).getByRole("button", { name: "Stop" }));
    expect(called(host, "connections.stop_validation")[0]?.request).toEqual({ integration: "onboarding" });
    expect(await screen.findByRole("button", { name: "Validate" })).toBeEnabled();
  });

  it("says of a check that did not pass what, why and what to do", async () => {
    open(path, { ...full, "connections.show": () => limited });
    const check = await screen.findByTestId("check-permissions");
    expect(check).toHaveTextContent("Limited");
    expect(check).toHaveTextContent("Start date and pay stay empty.");
    expect(screen.getByTestId("blocked")).toHaveTextContent("Start date and pay stay empty. (Read offers)");
    expect(check).toHaveTextContent("What to do: Connect again and accept every permission.");
    await expectAccessible();
  });
});
