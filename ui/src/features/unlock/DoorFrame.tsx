import { Stack, Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { FulcrumMark } from "../../shared/FulcrumMark";
import classes from "./DoorFrame.module.css";

/** The page in front of the app, while its database is closed. */
export function DoorFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Fulcrum`;
  }, [title]);
  return (
    <main className={classes.door}>
      <Stack gap="md" className={classes.card}>
        <div>
          <FulcrumMark size={40} />
        </div>
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </main>
  );
}
