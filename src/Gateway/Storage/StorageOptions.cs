using System.ComponentModel.DataAnnotations;

namespace Gateway.Storage;

/// <summary>Where durable facts are kept.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Gateway";

    /// <summary>Folder of the SQLite file and the master key. Default <c>./data</c>.</summary>
    [Required]
    public string Data { get; set; } = "./data";

    /// <summary>32 bytes in base64 that seal the key ring. Empty: read from <see cref="MasterKeyFile"/>.</summary>
    public string? MasterKey { get; set; }

    /// <summary>File that holds the master key; made at first start. Default <c>master.key</c> in <see cref="Data"/>.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>API key with every scope. Empty: one is made at first start and printed once.</summary>
    [MinLength(20)]
    public string? AdminKey { get; set; }
}
