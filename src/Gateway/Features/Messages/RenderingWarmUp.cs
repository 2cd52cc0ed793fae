using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>Renders one mail nobody sees: compiling the parser and the sanitiser takes longer than any mail, and the first reader would pay for it.</summary>
internal sealed class RenderingWarmUp : BackgroundService
{
    private const string Mail =
        "<html><head><style>p{color:#333}@media(max-width:600px){p{color:red}}</style></head><body style=\"margin:0\"><table width=600><tr>"
        + "<td style=\"padding:8px\"><p>Hello<a href=\"https://example.org/\">there</a><img src=\"cid:a\"><img src=\"https://example.org/a.png\"></td></tr></table></body></html>";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            _ = HtmlRendering.Render(Mail, _ => null);
            _ = TextRendering.FromHtml(Mail);
        },
        stoppingToken);
}
