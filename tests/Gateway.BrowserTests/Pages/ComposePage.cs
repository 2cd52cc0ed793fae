using System.Text.Json;
using Microsoft.Playwright;

namespace Gateway.BrowserTests.Pages;

/// <summary>The window in which a mail is written: the one whose subject is given, else the only one there is.</summary>
internal sealed class ComposePage(IPage page, string? subject = null)
{
    public ILocator Window => subject is null ? page.Locator(".composer") : page.GetByRole(AriaRole.Dialog, new() { Name = subject, Exact = true });

    public ILocator To => Window.GetByRole(AriaRole.Combobox, new() { Name = "To", Exact = true });

    public ILocator Subject => Window.GetByLabel("Subject", new() { Exact = true });

    public ILocator Body => Window.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    public ILocator Saved => Window.GetByText("Saved ");

    public ILocator Chips => Window.Locator(".chip");

    public Task ToAsync(string address) => To.FillAsync(address);

    public Task SubjectAsync(string words) => Subject.FillAsync(words);

    /// <summary>Goes on at the end of what is written.</summary>
    public async Task WriteAsync(string text)
    {
        await Body.ClickAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+End");
        await page.Keyboard.TypeAsync(text);
    }

    public async Task WriteAsync(string to, string subject, string text)
    {
        await ToAsync(to);
        await SubjectAsync(subject);
        await WriteAsync(text);
    }

    public ILocator Button(string name) => Window.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task SendAsync() => Button("Send").ClickAsync();

    /// <summary>Takes the write that is answered with this status as the one the test waits for.</summary>
    public Task<IResponse> WhenSavedAsync() =>
        page.WaitForResponseAsync(answer => answer.Request.Method is "POST" or "PUT" && answer.Url.Contains("/drafts", StringComparison.Ordinal) && !answer.Url.EndsWith("/send", StringComparison.Ordinal) && answer.Ok);

    public Task AttachAsync(params FilePayload[] files) => Window.Locator("input[type=file]").SetInputFilesAsync(files);

    /// <summary>A picture in the clipboard.</summary>
    public async Task PasteAsync(string name, string type, byte[] bytes)
    {
        await Body.ClickAsync();
        await Body.EvaluateAsync(
            """
            (body, [name, type, bytes]) => {
              const data = new DataTransfer()
              data.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name, { type }))
              body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
            }
            """,
            new[] { name, type, Convert.ToBase64String(bytes) });
    }

    /// <summary>Asks the API as the page may, for what has no page of its own yet.</summary>
    public static async Task<JsonElement> PostAsync(IPage page, string path, object body) =>
        await page.EvaluateAsync<JsonElement>(
            """
            async ([path, body]) => {
              const session = await (await fetch('/v1/session')).json()
              const answer = await fetch(`/v1/accounts/${session.account.id}/${path}`, {
                method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Antiforgery-Token': session.antiforgeryToken },
              })
              return await answer.json()
            }
            """,
            new[] { path, JsonSerializer.Serialize(body) });
}
