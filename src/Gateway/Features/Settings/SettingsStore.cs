using System.Text.Json;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Features.Settings;

internal static class SettingsStore
{
    private const string Nothing = "{}";

    public static async Task<Settings> ReadAsync(GatewayDb db, AccountId account, CancellationToken ct) =>
        From(await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Account == account, ct));

    public static Settings From(SettingsRecord? record) =>
        new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(record?.Json ?? Nothing, WireJson.Options)!);

    public static string Json(Settings settings) => JsonSerializer.Serialize(settings.Values, WireJson.Options);
}
