using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>What a person of the webmail has chosen, as JSON.</summary>
internal sealed class SettingsRecord
{
    public required AccountId Account { get; init; }
    public required string Json { get; set; }

    /// <summary>Counts the writes, so that two at once are noticed.</summary>
    public long Version { get; set; }
}
