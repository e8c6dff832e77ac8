using Akimbo.Imaging;
using Akimbo.Skeletons;
using Akimbo.Tensors;

namespace Akimbo.Rendering;

/// <summary>
/// Draws what a network saw: its heatmaps over the grey photo, in the colours that keypoints have in <see cref="PoseOverlay"/>,
/// the more opaque the larger the value; and beside it, of networks that group keypoints by tags, the tags as colours, by which
/// people come apart.
/// </summary>
public static class HeatmapOverlay
{
    // So far above the threshold tags are opaque: without it their borders are stairs.
    private const float SoftEdge = 0.1f;

    /// <summary>Draws a new picture.</summary>
    /// <param name="photo">The photo that was estimated, which stays as it is.</param>
    /// <param name="heatmaps">What the network saw in it; several crops are laid one over the other.</param>
    /// <param name="skeleton">What the keypoints are.</param>
    /// <param name="options">Null for <see cref="HeatmapOverlayOptions.Default"/>.</param>
    /// <returns>
    /// The photo's size; twice as wide where there are tags. In the right half every pixel whose largest heatmap is above the
    /// detection threshold has the colour of that keypoint's tag (its first value), from red for the smallest tag in the picture
    /// to violet for the largest.
    /// </returns>
    /// <exception cref="ArgumentException">Maps have other shapes than <see cref="PoseHeatmaps"/> says, or are of another skeleton.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Image Draw(Image photo, IReadOnlyList<PoseHeatmaps> heatmaps, Skeleton skeleton, HeatmapOverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(heatmaps);
        ArgumentNullException.ThrowIfNull(skeleton);
        options ??= HeatmapOverlayOptions.Default;
        if (!(options.Opacity is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Opacity, "The opacity must be above 0 and up to 1.");
        if (!(options.Brightness is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Brightness, "The brightness must be from 0 to 1.");
        foreach (PoseHeatmaps maps in heatmaps) Check(maps, skeleton);

        bool hasTags = options.ShowTags && heatmaps.Any(maps => maps.Tags is not null);
        var picture = new Image(hasTags ? checked(2 * photo.Width) : photo.Width, photo.Height);
        Image left = Half(picture, 0, photo.Width);
        Grey(photo, left, options.Brightness);
        if (hasTags) DrawTags(left, Half(picture, photo.Width, photo.Width), heatmaps);

        Color[] colors = [.. Enumerable.Range(0, skeleton.Keypoints.Count).Select(k => PoseColors.OfKeypoint(skeleton, k))];
        foreach (PoseHeatmaps maps in heatmaps)
        {
            Shape shape = maps.Values.Shape;
            HeatmapLayer.OfHeatmaps(maps.Values.Span, shape[2], shape[1], colors, (float)options.Opacity).Draw(left, maps.HeatmapToImage.Matrix);
        }

        return picture;
    }

    private static void Check(PoseHeatmaps maps, Skeleton skeleton)
    {
        Shape shape = maps.Values.Shape;
        if (shape.Rank != 3 || shape[0] != skeleton.Keypoints.Count)
            throw new ArgumentException($"The heatmaps are {shape}; the skeleton {skeleton} expects [{skeleton.Keypoints.Count}, h, w].", nameof(maps));
        if (maps.Tags is { Shape: var tags } && (tags.Rank != 4 || tags[1] != shape[0] || tags[2] != shape[1] || tags[3] != shape[2]))
            throw new ArgumentException($"The tags are {tags}; heatmaps {shape} expect [T, {shape[0]}, {shape[1]}, {shape[2]}].", nameof(maps));
    }

    private static Image Half(Image picture, int left, int width) =>
        new(width, picture.Height, picture.Pixels[(left * Image.Channels)..], picture.Stride);

    private static void Grey(Image photo, Image target, double brightness)
    {
        int scale = (int)(brightness * 256);
        for (int y = 0; y < photo.Height; y++)
        {
            ReadOnlySpan<byte> from = photo.Row(y);
            Span<byte> to = target.Row(y);
            for (int x = 0; x < to.Length; x += Image.Channels)
            {
                // Rec. 709's shares, of 256.
                int luma = (54 * from[x] + 183 * from[x + 1] + 19 * from[x + 2]) >> 8;
                to.Slice(x, Image.Channels).Fill((byte)((luma * scale) >> 8));
            }
        }
    }

    private static void DrawTags(Image grey, Image target, IReadOnlyList<PoseHeatmaps> heatmaps)
    {
        for (int y = 0; y < grey.Height; y++) grey.Row(y).CopyTo(target.Row(y));
        var fields = heatmaps.Where(maps => maps.Tags is not null).Select(maps => (Maps: maps, Tags: StrongestTags(maps))).ToList();
        float[] seen = [.. fields.SelectMany(field => field.Tags).Select(tag => tag.Tag).Where(float.IsFinite)];
        if (seen.Length == 0) return;
        float least = seen.Min(), range = seen.Max() - least;
        foreach (var (maps, tags) in fields)
        {
            var layer = new HeatmapLayer(maps.Values.Shape[2], maps.Values.Shape[1]);
            for (int i = 0; i < tags.Length; i++)
            {
                var (tag, above) = tags[i];
                if (!float.IsFinite(tag)) continue;
                Color color = PerceptualColors.OnScale(range > 0 ? (tag - least) / range : 0.5);
                layer.Set(i, color with { Alpha = (byte)(255 * Math.Min(1, above / SoftEdge)) });
            }

            layer.Draw(target, maps.HeatmapToImage.Matrix);
        }
    }

    /// <summary>[h, w]: the tag of the keypoint whose heatmap is largest, and how far above the threshold that is; NaN where it is not.</summary>
    private static (float Tag, float Above)[] StrongestTags(PoseHeatmaps maps)
    {
        ReadOnlySpan<float> values = maps.Values.Span, tags = maps.Tags!.Span;
        int keypoints = maps.Values.Shape[0], size = maps.Values.Shape[1] * maps.Values.Shape[2];
        var strongest = new (float Tag, float Above)[size];
        for (int i = 0; i < size; i++)
        {
            float largest = (float)maps.DetectionThreshold, tag = float.NaN;
            for (int k = 0; k < keypoints; k++)
                if (values[k * size + i] > largest) (largest, tag) = (values[k * size + i], tags[k * size + i]);
            strongest[i] = (tag, largest - (float)maps.DetectionThreshold);
        }

        return strongest;
    }
}
