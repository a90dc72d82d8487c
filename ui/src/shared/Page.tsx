import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { useAnnounce } from "./announce";

export interface Crumb {
  label: string;
  /** Where it leads; none for the page itself. */
  href?: string;
}

interface PageProps {
  title: string;
  /** A sign before the title. */
  mark?: ReactNode;
  description?: ReactNode;
  crumbs?: Crumb[];
  /** The page's one primary action. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the content column, which begins at its top and names itself to the window and to screen readers. */
export function Page({ title, mark, description, crumbs = [], action, children }: PageProps) {
  const page = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  useEffect(() => {
    const scroller = page.current?.closest("[data-scroller]");
    if (scroller) scroller.scrollTop = 0;
  }, []);
  useEffect(() => {
    document.title = `${title} – Fulcrum`;
    announce(title);
  }, [title, announce]);
  return (
    <Stack gap="lg" ref={page}>
      <Stack gap="xs">
        {crumbs.length > 0 && <Trail crumbs={crumbs} />}
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={4}>
            <Group gap="sm" wrap="nowrap">
              {mark}
              <Title order={1} dir="auto">
                {title}
              </Title>
            </Group>
            {description !== undefined && (
              <Text c="dimmed" size="sm" maw={680}>
                {description}
              </Text>
            )}
          </Stack>
          {action !== undefined && <Box flex="none">{action}</Box>}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}

function Trail({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <Breadcrumbs separator="›" separatorMargin={8}>
        {crumbs.map(({ label, href }) =>
          href === undefined ? (
            <Text key={label} size="sm" c="dimmed" aria-current="page">
              {label}
            </Text>
          ) : (
            <Anchor key={label} component={Link} href={href} size="sm">
              {label}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
    </nav>
  );
}
