import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "./global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { useHashLocation } from "wouter/use-hash-location";
import { App } from "./app/App";
import { Root } from "./app/Root";
import { currentHost, type Host } from "./host";
import { Leavable } from "./shared/Leavable";

/** `vite --mode fake` shows invented data; a build contains none of it. */
async function chooseHost(): Promise<Host> {
  if (import.meta.env.MODE !== "fake") return currentHost();
  const { hostForAddress } = await import("./fake/scenarios");
  return hostForAddress(window.location);
}

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no #root");

createRoot(place).render(
  <StrictMode>
    <Root host={await chooseHost()}>
      <Leavable hook={useHashLocation}>
        <App />
      </Leavable>
    </Root>
  </StrictMode>,
);
