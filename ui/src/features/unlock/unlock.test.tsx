import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AppStatus } from "../../generated/api";
import { CommandError } from "../../host";
import { full } from "../../fake/scenarios";
import { open as unlocked } from "../../fake/settings";
import { expectAccessible, open } from "../../testing/screen";
import { passphraseProblem } from "../../shared/passphrase";

const locked = (first_time: boolean): AppStatus => ({
  ...unlocked,
  recovery_code: !first_time,
  vault: { kind: "needs_passphrase", first_time, why: "This computer has no keychain." },
});

describe("a passphrase", () => {
  it("that is being chosen needs twelve characters, whatever their script", () => {
    expect(passphraseProblem("short", "short")?.field).toBe("passphrase");
    expect(passphraseProblem("🌻".repeat(11), "🌻".repeat(11))?.field).toBe("passphrase");
    expect(passphraseProblem("🌻".repeat(12), "🌻".repeat(12))).toBeNull();
  });

  it("that is being chosen must be typed the same twice", () => {
    expect(passphraseProblem("correct horse", "correct hores")?.field).toBe("again");
  });

  it("that opens the database is not judged by its length", () => {
    expect(passphraseProblem("old", null)).toBeNull();
  });
});

describe("the locked app", () => {
  it("opens with the passphrase", async () => {
    const { host, user } = open("/", { ...full, "app.status": () => locked(false) });
    await user.type(await screen.findByLabelText("Passphrase"), "correct horse battery");
    await expectAccessible();
    host.answer({ "app.status": full["app.status"] });
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    expect(await screen.findByRole("heading", { name: "Home" })).toBeVisible();
  });

  it("says beside the field that the passphrase is wrong", async () => {
    const wrong = new CommandError({ code: "invalid_input", message: "This is not the passphrase.", field: "passphrase", detail: null });
    const { user } = open("/", {
      "app.status": () => locked(false),
      "vault.unlock": () => {
        throw wrong;
      },
    });
    await user.type(await screen.findByLabelText("Passphrase"), "wrong{Enter}");
    expect(await screen.findByText(wrong.message)).toBeVisible();
    expect(screen.getByLabelText("Passphrase")).toBeInvalid();
  });

  it("asks twice when the passphrase is being chosen", async () => {
    const { host, user } = open("/", { "app.status": () => locked(true) });
    await user.type(await screen.findByLabelText("Passphrase"), "correct horse battery");
    await user.click(screen.getByRole("button", { name: "Set passphrase" }));
    expect(await screen.findByText("The two passphrases differ.")).toBeVisible();
    expect(host.calls.some(({ name }) => name === "vault.unlock")).toBe(false);
  });

  it("says why it cannot read its data, and tries again when asked", async () => {
    const { host, user } = open("/", {
      ...full,
      "app.status": () => ({ ...unlocked, vault: { kind: "unreadable", why: "The keychain did not answer.", detail: "IsLocked" } }),
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The keychain did not answer.");
    await expectAccessible();
    host.answer({ "app.status": full["app.status"], "vault.retry": () => unlocked });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Home" })).toBeVisible();
  });

  it("opens with the recovery code when the keychain lost the key", async () => {
    const wrong = new CommandError({ code: "invalid_input", message: "This is not the code.", field: "code", detail: null });
    const { host, user } = open("/", {
      ...full,
      "app.status": () => ({ ...unlocked, vault: { kind: "unreadable", why: "The key is gone.", detail: "not found" } }),
      "vault.recover": () => {
        throw wrong;
      },
    });
    await user.click(await screen.findByRole("button", { name: "Use my recovery code" }));
    await user.type(screen.getByLabelText("Recovery code"), "wrong{Enter}");
    expect(await screen.findByText(wrong.message)).toBeVisible();
    await expectAccessible();
    host.answer({ "app.status": full["app.status"], "vault.recover": () => unlocked });
    await user.click(screen.getByRole("button", { name: "Open with the recovery code" }));
    expect(await screen.findByRole("heading", { name: "Home" })).toBeVisible();
  });

  it("offers the keychain once more while the passphrase is being chosen, and no recovery code before there is one", async () => {
    const { host, user } = open("/", { ...full, "app.status": () => locked(true) });
    const again = await screen.findByRole("button", { name: "Try the keychain again" });
    expect(screen.queryByRole("button", { name: "Use my recovery code" })).toBeNull();
    host.answer({ "app.status": full["app.status"], "vault.retry": () => unlocked });
    await user.click(again);
    expect(await screen.findByRole("heading", { name: "Home" })).toBeVisible();
  });
});
