using Akimbo.Imaging;
using Akimbo.Tensors;

namespace Akimbo.Prediction;

/// <summary>How 8-bit pixels become a network's input: <c>(value / 255 − mean) / std</c> for red, green and blue.</summary>
public sealed class Normalisation
{
    private readonly float[][] _values;

    /// <summary>Makes a normalisation.</summary>
    /// <param name="mean">Three means, of values from 0 to 1.</param>
    /// <param name="std">Three positive deviations.</param>
    /// <exception cref="ArgumentException">There are not three of each, or a deviation is not positive.</exception>
    public Normalisation(ReadOnlySpan<float> mean, ReadOnlySpan<float> std)
    {
        if (mean.Length != Image.Channels || std.Length != Image.Channels || std.ContainsAnyInRange(float.NegativeInfinity, 0))
            throw new ArgumentException($"A normalisation has three means and three positive deviations; {mean.Length} and {std.Length} came.");
        Mean = [.. mean];
        Std = [.. std];
        _values = new float[Image.Channels][];
        for (int c = 0; c < Image.Channels; c++)
        {
            _values[c] = new float[256];
            for (int v = 0; v < 256; v++) _values[c][v] = (v / 255f - mean[c]) / std[c];
        }
    }

    /// <summary>What is subtracted from red, green and blue.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>What red, green and blue are divided by afterwards.</summary>
    public IReadOnlyList<float> Std { get; }

    /// <summary>Values from 0 to 1 as they are: princeton-vl's networks.</summary>
    public static Normalisation UnitRange { get; } = new(mean: [0, 0, 0], std: [1, 1, 1]);

    /// <summary>The means and deviations of ImageNet, which torchvision's networks are trained with.</summary>
    public static Normalisation ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Writes an image into one entry of a batch, mirrored if asked.</summary>
    /// <param name="image">W × H pixels.</param>
    /// <param name="batch">[N, 3, H, W].</param>
    /// <param name="n">Which entry.</param>
    /// <param name="mirrored">Whether left and right are exchanged.</param>
    /// <exception cref="ArgumentException">The image's size is not the batch's.</exception>
    public void Write(Image image, Tensor batch, int n, bool mirrored = false)
    {
        if (batch.Shape is not { Rank: 4 } shape || shape[1] != Image.Channels || shape[2] != image.Height || shape[3] != image.Width)
            throw new ArgumentException($"An image of {image.Width}×{image.Height} pixels does not fit a batch of {batch.Shape}.", nameof(image));

        int plane = image.Width * image.Height;
        for (int c = 0; c < Image.Channels; c++)
        {
            var target = batch.Span.Slice((n * Image.Channels + c) * plane, plane);
            float[] values = _values[c];
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Row(y);
                var line = target.Slice(y * image.Width, image.Width);
                for (int x = 0; x < line.Length; x++) line[x] = values[row[x * Image.Channels + c]];
                if (mirrored) line.Reverse();
            }
        }
    }

    /// <summary>The pixels that planes were made of, as near as 8 bits can be.</summary>
    /// <param name="planes">[3, H, W], normalised.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    internal Image Undo(ReadOnlySpan<float> planes, int width, int height)
    {
        var image = new Image(width, height);
        for (int c = 0; c < Image.Channels; c++)
        {
            float mean = Mean[c], std = Std[c];
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = image.Row(y);
                ReadOnlySpan<float> line = planes.Slice((c * height + y) * width, width);
                for (int x = 0; x < width; x++) row[x * Image.Channels + c] = (byte)(Math.Clamp(line[x] * std + mean, 0, 1) * 255 + 0.5f);
            }
        }

        return image;
    }

    /// <summary>Changes planes of pixels in place.</summary>
    /// <param name="planes">[3, H, W], 0 to 1; then what <see cref="Write"/> gives for the same pixels.</param>
    internal void Apply(Span<float> planes)
    {
        int plane = planes.Length / Image.Channels;
        for (int c = 0; c < Image.Channels; c++)
        {
            Span<float> values = planes.Slice(c * plane, plane);
            float mean = Mean[c], std = Std[c];
            foreach (ref float value in values) value = (value - mean) / std;
        }
    }
}
