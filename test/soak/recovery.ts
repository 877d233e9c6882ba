/** What has to hold once a disturbance is over: the engine runs, and a text is translated. */
import { panelOf } from '../e2e/translate-panel';
import { eventually, press, replaceText, show, type World } from './world';

const SENTENCE = 'Good morning.';

/** Where the engine has stopped for good, its button starts it again, as it would for a person. */
export async function engineRuns(world: World): Promise<void> {
  await show(world, 'translate');
  const { page } = world.app;
  await eventually('the engine is ready', async () => {
    await press(page.getByRole('main', { name: 'Translate' }).getByRole('button', { name: 'Restart the engine' }));
    return panelOf(page).ready.first().isVisible();
  });
}

/** Throws where it is not. */
export async function translates(world: World): Promise<void> {
  await engineRuns(world);
  const { page } = world.app;
  const panel = panelOf(page);
  const before = world.typed.translate;
  await replaceText(world, 'translate', SENTENCE);
  await page.keyboard.press('Control+Enter');
  await eventually('a sentence is translated', async () => {
    const isDone = await panel.finished('done').first().isVisible();
    return isDone && ((await panel.output.textContent()) ?? '').trim() !== '';
  });
  await replaceText(world, 'translate', before);
}
