using Akimbo.Networks;

namespace Akimbo.Models.HighResolution;

/// <summary>The sizes of a <see cref="HighResolutionNet"/>; the defaults are those of the published W32 for COCO.</summary>
public sealed record HighResolutionOptions : INetworkOptions
{
    /// <summary>HRNet-W32: 28.5 million parameters.</summary>
    public static HighResolutionOptions W32 { get; } = new();

    /// <summary>HRNet-W48: 63.6 million parameters.</summary>
    public static HighResolutionOptions W48 { get; } = new() { BranchChannels = [48, 96, 192, 384] };

    /// <summary>K: heatmaps.</summary>
    public int Keypoints { get; init; } = 17;

    /// <summary>Channels at 1/4, 1/8, 1/16 and 1/32 of the input: stage s has the first s of these branches.</summary>
    public IReadOnlyList<int> BranchChannels { get; init; } = [32, 64, 128, 256];

    /// <summary>Exchange units of the stages 2, 3 and 4.</summary>
    public IReadOnlyList<int> StageModules { get; init; } = [1, 4, 3];

    /// <summary>Basic blocks of each branch of an exchange unit.</summary>
    public int BranchBlocks { get; init; } = 4;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">They make no network; the message says which.</exception>
    public void Validate()
    {
        if (BranchChannels.Count != 4 || BranchChannels.Any(channels => channels < 1))
            throw new ArgumentException($"HRNet has four branches of at least one channel; the options say [{string.Join(", ", BranchChannels)}].");
        if (StageModules.Count != 3 || StageModules.Any(modules => modules < 1))
            throw new ArgumentException($"HRNet has three stages of at least one exchange unit; the options say [{string.Join(", ", StageModules)}].");
        if (Keypoints < 1 || BranchBlocks < 1)
            throw new ArgumentException($"HRNet has one keypoint and one block a branch at least; the options say {Keypoints} and {BranchBlocks}.");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new HighResolutionNet(this);
}
