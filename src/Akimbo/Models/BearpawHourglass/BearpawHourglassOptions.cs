using Akimbo.Networks;

namespace Akimbo.Models.BearpawHourglass;

/// <summary>The sizes of a <see cref="BearpawHourglass"/>; the defaults are those of the published <c>hg_s2_b1</c>.</summary>
public sealed record BearpawHourglassOptions : INetworkOptions
{
    /// <summary><c>hg_s1_b1</c>: one stack of single residuals.</summary>
    public static BearpawHourglassOptions OneStack { get; } = new() { Stacks = 1 };

    /// <summary><c>hg_s2_b1</c>: two stacks of single residuals; 6.7 million parameters.</summary>
    public static BearpawHourglassOptions TwoStacks { get; } = new();

    /// <summary><c>hg_s8_b1</c>: eight stacks of single residuals; 25.6 million parameters.</summary>
    public static BearpawHourglassOptions EightStacks { get; } = new() { Stacks = 8 };

    /// <summary>S: hourglasses one after the other, each with heatmaps of its own (<c>num_stacks</c>).</summary>
    public int Stacks { get; init; } = 2;

    /// <summary>Residuals wherever an hourglass has one (<c>num_blocks</c>).</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>K: heatmaps of each stack (<c>num_classes</c>).</summary>
    public int Keypoints { get; init; } = 16;

    /// <summary>Channels of the first convolution (<c>inplanes</c>).</summary>
    public int StemChannels { get; init; } = 64;

    /// <summary>Half the channels between the stacks (<c>num_feats</c>).</summary>
    public int Features { get; init; } = 128;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">They make no network; the message says which.</exception>
    public void Validate()
    {
        if (Stacks < 1 || Blocks < 1 || Keypoints < 1 || StemChannels < 1 || Features < 1)
            throw new ArgumentException($"An hourglass network has one of each part at least; the options say {Stacks} stacks, {Blocks} blocks, {Keypoints} keypoints, {StemChannels} stem channels and {Features} features.");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new BearpawHourglass(this);
}
