/** Draws the icons of resources/icons at every size a system asks for. Run by `npm run icons`; the pictures are committed. */
import { app, BrowserWindow } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', '..', 'resources', 'icons');
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** macOS tells by the name that it may colour the picture, and which screens it is for. */
const TRAY_SIZES = { trayTemplate: 18, 'trayTemplate@2x': 36 };

app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,<title>icons</title>');
  for (const size of APP_SIZES) await draw(window, 'icon.svg', size, `${size}x${size}`);
  for (const [name, size] of Object.entries(TRAY_SIZES)) await draw(window, 'tray.svg', size, name);
  app.exit(0);
});

async function draw(window, drawing, size, name) {
  const svg = `data:image/svg+xml;base64,${readFileSync(join(FOLDER, drawing)).toString('base64')}`;
  const png = await window.webContents.executeJavaScript(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(svg)};
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} });
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  writeFileSync(join(FOLDER, `${name}.png`), Buffer.from(png.split(',')[1], 'base64'));
}
