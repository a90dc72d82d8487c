import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { HostProvider } from "../commands";
import type { Host } from "../host";
import { Announcer } from "../shared/Announcer";
import { cssVariables, theme } from "../theme";

/** What every screen stands on: the look, the host and the announcer. Tests use it too. */
export function Root({ host, children }: { host: Host; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <HostProvider host={host}>
        <Announcer>{children}</Announcer>
      </HostProvider>
    </MantineProvider>
  );
}
