using Akimbo.Imaging;
using Akimbo.Tensors;

namespace Akimbo.Augmentation;

/// <summary>How far the colours of a sample are changed at random; the defaults change nothing.</summary>
public sealed record ColorAugmentation
{
    /// <summary>The settings of pytorch_stacked_hourglass and pose-ae-train (<c>dp.py</c>, <c>preprocess</c>).</summary>
    public static ColorAugmentation Princeton { get; } = new() { Hue = 0.2, Saturation = 0.5, Brightness = 0.3, Contrast = 0.5 };

    /// <summary>The hue turns by up to this share of the circle, either way; 0 to 0.5.</summary>
    public double Hue { get; init; }

    /// <summary>The saturation is multiplied by 1 plus or minus up to this; 0 to 1.</summary>
    public double Saturation { get; init; }

    /// <summary>Up to this, of the range 0 to 1, is added to all channels or taken from them; 0 to 1.</summary>
    public double Brightness { get; init; }

    /// <summary>The distance of each channel from the pixel's grey is multiplied by 1 plus or minus up to this; 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>Each channel is multiplied by 1 plus or minus up to this (pytorch-pose, <c>pose/datasets/mpii.py</c>); 0 to 1.</summary>
    public double Channels { get; init; }

    /// <summary>Whether only mirrored samples change their colours, as in pytorch_stacked_hourglass.</summary>
    public bool OnlyMirrored { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public void Validate()
    {
        Ranges.Require(Hue is >= 0 and <= 0.5, "color.hue", Hue, "0 to 0.5");
        Ranges.RequireShare("color.saturation", Saturation);
        Ranges.RequireShare("color.brightness", Brightness);
        Ranges.RequireShare("color.contrast", Contrast);
        Ranges.RequireShare("color.channels", Channels);
    }

    /// <summary>Changes the colours of one sample.</summary>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="isMirrored">Whether the sample is mirrored.</param>
    /// <param name="planes">[3, height, width], 0 to 1.</param>
    internal void Apply(CounterRandom random, bool isMirrored, Span<float> planes)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (OnlyMirrored && !isMirrored) return;
        int plane = planes.Length / Image.Channels;
        if (Hue > 0 || Saturation > 0 || Brightness > 0 || Contrast > 0)
        {
            Jitter(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble())
                .Apply(planes[..plane], planes.Slice(plane, plane), planes[(2 * plane)..]);
        }

        if (Channels == 0) return;
        for (int c = 0; c < Image.Channels; c++)
        {
            float factor = (float)random.NextDouble(1 - Channels, 1 + Channels);
            foreach (ref float value in planes.Slice(c * plane, plane)) value = Math.Clamp(value * factor, 0, 1);
        }
    }

    /// <summary>The change that four draws from 0 to 1 mean; halves change nothing.</summary>
    internal ColorJitter Jitter(double hue, double saturation, double brightness, double contrast) => new(
        360 * Hue * (2 * hue - 1), 1 + Saturation * (2 * saturation - 1), Brightness * (2 * brightness - 1), 1 + Contrast * (2 * contrast - 1));
}
