import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { notConnected, verified, waitingForBrowser } from "../../fake/connection";
import { empty, full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

describe("Integrations > ATS", () => {
  it("leads from the tile over Connect and Configure Lever to the permissions, before the browser", async () => {
    const { host, user, history } = open("/integrations", empty);
    await user.click(await screen.findByRole("link", { name: "ATS" }));
    await user.click(await screen.findByRole("link", { name: "Connect Lever" }));
    expect(await screen.findByText("You need the Super Admin role in Lever.")).toBeVisible();
    await waitFor(() => expect(screen.getByTestId("writes")).toHaveTextContent("One tag “Agora Offer”"));
    await user.click(screen.getByRole("link", { name: "Configure Lever" }));
    await user.click(await screen.findByRole("radio", { name: /Lever Connect \(Recommended\)/ }));
    await user.click(screen.getByRole("radio", { name: "Practice" }));
    await user.click(screen.getByRole("button", { name: "Login to set up integration" }));
    expect(screen.getByTestId("permissions")).toBeVisible();
    host.answer({ "connections.show": () => ({ ...waitingForBrowser, integration: "offer_letters" }) });
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(await screen.findByText(/Click Accept there/)).toBeVisible();
    const asked = host.calls.find(({ name }) => name === "connections.sign_in");
    expect(asked?.request).toMatchObject({ integration: "offer_letters", environment: "practice" });
    expect(history.at(-1)).toBe("/integrations/ats/lever/connect");
  });

  it("goes on to the webhooks, the offer form and Done, with links into Lever", async () => {
    const { user, history } = open("/integrations/ats/lever/connect", full);
    await user.click(await screen.findByRole("link", { name: "Next" }));
    expect(await screen.findByTestId("ats-events")).toHaveTextContent("Candidate deleted");
    expect(await screen.findByRole("link", { name: /Open webhooks in Lever/ })).toHaveAttribute(
      "href", "https://hire.lever.co/settings/integrations/webhooks",
    );
    await expectAccessible();
    await user.click(screen.getByRole("link", { name: "Next" }));
    expect(screen.getAllByRole("row")).toHaveLength(21);
    expect(await screen.findByRole("link", { name: /Open the offer form in Lever/ })).toHaveAttribute(
      "href", "https://hire.lever.co/settings/offers/form",
    );
    await expectAccessible();
    await user.click(screen.getByRole("link", { name: "Done" }));
    expect(history.at(-1)).toBe("/integrations/ats/lever");
  });

  it("says that the links into Lever come with the connection", async () => {
    open("/integrations/ats/lever/webhooks", empty);
    expect(await screen.findByRole("link", { name: "Lever is connected" })).toHaveAttribute("href", "/integrations/ats/lever/connect");
    expect(screen.queryByRole("link", { name: /Open webhooks in Lever/ })).not.toBeInTheDocument();
  });
});

describe("the tiles", () => {
  it("show of a verified connection who, where and when, each its own state", async () => {
    open("/integrations", {
      ...full,
      "connections.show": ({ integration }) => (integration === "onboarding" ? verified : { ...notConnected, integration }),
    });
    expect(await screen.findByTestId("tile-lever-state")).toHaveTextContent("Verified");
    const tile = screen.getByTestId("tile-lever");
    await waitFor(() => expect(tile).toHaveTextContent(/Connected by\s*Amina Kowalski.*Last probe.*1 min ago/));
    expect(await screen.findByTestId("tile-ats-state")).toHaveTextContent("Not connected");
    expect(screen.getByTestId("tile-ats")).not.toHaveTextContent("Last probe");
  });

  it("and the light at the foot shows the worse of the two", async () => {
    const broken = { ...verified, integration: "offer_letters" as const, state: "needs_reconnect" as const, severity: 6 };
    open("/", { ...full, "connections.show": ({ integration }) => (integration === "onboarding" ? verified : broken) });
    expect(await screen.findByRole("link", { name: "Lever: Needs reconnect" })).toHaveAttribute("href", "/integrations/ats/lever");
  });
});
