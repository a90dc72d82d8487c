//! The icon in the tray: how the connection stands without the window being looked at (SCREENS.md 4.1.8).

use std::panic::{AssertUnwindSafe, catch_unwind};

use fulcrum_core::{Glance, Mark};
use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{App, AppHandle, Wry};

use crate::window;

const OPEN: &str = "open";
const QUIT: &str = "quit";

/// The icon, and what it last showed.
pub struct Tray {
    icon: TrayIcon,
    /// The sentence in the menu: Linux shows no tooltip.
    sentence: MenuItem<Wry>,
    image: Image<'static>,
    shown: Option<Glance>,
}

impl Tray {
    /// Puts the icon into the tray; none where there is no tray or no icon to put there, which the window does well
    /// without.
    pub fn new(app: &App) -> Option<Self> {
        let image = app.default_window_icon()?.clone().to_owned();
        // Where its library is missing, the one that Linux draws trays with panics.
        let built = catch_unwind(AssertUnwindSafe(|| Self::build(app, image)));
        match built {
            Ok(Ok(tray)) => Some(tray),
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "there is no icon in the tray");
                None
            }
            Err(_) => {
                tracing::warn!("this system lacks what an icon in the tray needs");
                None
            }
        }
    }

    fn build(app: &App, image: Image<'static>) -> tauri::Result<Self> {
        let sentence = MenuItem::new(app, "Fulcrum is starting.", false, None::<&str>)?;
        let open = MenuItem::with_id(app, OPEN, "Open Fulcrum", true, None::<&str>)?;
        let quit = MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?;
        let icon = TrayIconBuilder::new()
            .icon(image.clone())
            .tooltip("Fulcrum")
            .menu(&Menu::with_items(app, &[&sentence, &open, &quit])?)
            .on_menu_event(chosen)
            .build(app)?;
        Ok(Self {
            icon,
            sentence,
            image,
            shown: None,
        })
    }

    /// Shows how it stands now.
    pub fn show(&mut self, glance: Glance) {
        if self.shown.as_ref() == Some(&glance) {
            return;
        }
        let Glance { mark, sentence } = &glance;
        let told = self
            .draw(*mark)
            .and_then(|()| self.icon.set_tooltip(Some(format!("Fulcrum. {sentence}"))))
            .and_then(|()| self.sentence.set_text(sentence));
        if let Err(problem) = told {
            tracing::warn!(%problem, "the icon in the tray was not changed");
        }
        self.shown = Some(glance);
    }

    fn draw(&self, mark: Mark) -> tauri::Result<()> {
        let (width, height) = (self.image.width(), self.image.height());
        let pixels = mark.drawn_on(self.image.rgba(), width);
        self.icon
            .set_icon(Some(Image::new_owned(pixels, width, height)))
    }
}

fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::come_to_front(app),
        QUIT => app.exit(0),
        _ => {}
    }
}
