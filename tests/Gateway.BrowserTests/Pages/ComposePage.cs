using Microsoft.Playwright;

namespace Gateway.BrowserTests.Pages;

/// <summary>The window in which a mail is written.</summary>
internal sealed class ComposePage(IPage page)
{
    public Task ToAsync(string address) => page.GetByLabel("To", new() { Exact = true }).FillAsync(address);

    public Task SubjectAsync(string subject) => page.GetByLabel("Subject", new() { Exact = true }).FillAsync(subject);

    public async Task WriteAsync(string text)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true }).ClickAsync();
        await page.Keyboard.TypeAsync(text);
    }

    public Task SendAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
}
