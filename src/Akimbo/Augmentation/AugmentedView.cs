using System.Buffers;
using Akimbo.Datasets;
using Akimbo.Datasets.Masks;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Prediction;

namespace Akimbo.Augmentation;

/// <summary>
/// What a sample shows of a picture, and which way round. Pixels, keypoints and masks go through the same map.
/// </summary>
internal sealed class AugmentedView : ISampleView
{
    private readonly PersonCrop _crop;

    private AugmentedView(PersonCrop crop, bool isMirrored)
    {
        _crop = crop;
        IsMirrored = isMirrored;
    }

    /// <inheritdoc/>
    public int Width => _crop.Width;

    /// <inheritdoc/>
    public int Height => _crop.Height;

    /// <inheritdoc/>
    public bool IsMirrored { get; }

    /// <summary>From the picture to the input.</summary>
    public Transform<ImagePoint, InputPoint> ImageToInput => _crop.ImageToInput;

    /// <summary>One person, as a top-down network is shown them.</summary>
    /// <param name="region">The person's region, see <see cref="RegionOf"/>.</param>
    /// <param name="task">The network's input and crop.</param>
    /// <param name="pictureWidth">Columns of the picture, at least 1.</param>
    /// <param name="draw">What is changed.</param>
    /// <exception cref="ArgumentException">The region is empty or not finite.</exception>
    public static AugmentedView TopDown(PersonRegion region, TopDownTask task, int pictureWidth, SpatialDraw draw)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureWidth, 1);
        if (task.Crop == CropKind.CentreScale) return Princeton(region, task.InputWidth, draw);

        // As in HRNet the picture is mirrored first, then everything else is done to its mirror image.
        double x = draw.IsMirrored ? pictureWidth - 1 - region.Centre.X : region.Centre.X;
        var centre = new ImagePoint(x + draw.ShiftX * region.Width, region.Centre.Y + draw.ShiftY * region.Height);
        region = (region with { Centre = centre }).Scale(draw.Scale);
        AffineCrop crop = task.Crop == CropKind.Unbiased
            ? AffineCrop.Unbiased(region, task.InputWidth, task.InputHeight, draw.Degrees)
            : AffineCrop.HighResolution(region, task.InputWidth, task.InputHeight, draw.Degrees);
        if (!draw.IsMirrored) return new AugmentedView(crop, isMirrored: false);
        var mirrored = AffineTransform.Compose(first: Mirror(pictureWidth), second: crop.ImageToInput.Matrix);
        return new AugmentedView(AffineCrop.Of(new(mirrored), crop.Width, crop.Height), isMirrored: true);
    }

    /// <summary>The whole picture in a square, as a bottom-up network is shown it (pose-ae-train, <c>data/coco_pose/dp.py</c>).</summary>
    /// <param name="pictureWidth">Columns of the picture, at least 1.</param>
    /// <param name="pictureHeight">Rows of the picture, at least 1.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <param name="draw">What is changed; shifts are shares of the square's side.</param>
    public static AugmentedView BottomUp(int pictureWidth, int pictureHeight, int side, SpatialDraw draw)
    {
        double length = Math.Max(pictureWidth, pictureHeight) * draw.Scale;
        var centre = new ImagePoint(pictureWidth / 2.0 + draw.ShiftX * length, pictureHeight / 2.0 + draw.ShiftY * length);
        AffineTransform map = CentreScaleTransform.ImageToInput(centre, length / CentreScaleTransform.SideAtScaleOne, side, side, draw.Degrees).Matrix;
        if (draw.IsMirrored) map = AffineTransform.Compose(first: map, second: Mirror(side));
        return new AugmentedView(AffineCrop.Of(new(map), side, side), draw.IsMirrored);
    }

    /// <summary>The region of a person that a top-down network is shown without augmentation, or one half of the person.</summary>
    /// <param name="box">The person's box.</param>
    /// <param name="task">The network's input and crop.</param>
    public static PersonRegion RegionOf(Box box, TopDownTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        double aspectRatio = task.Crop == CropKind.CentreScale ? 1 : (double)task.InputWidth / task.InputHeight;
        return PersonRegion.FromBox(box, aspectRatio, task.BoxPadding);
    }

    /// <inheritdoc/>
    public void Extract(Image picture, Span<float> planes) => _crop.Extract(picture, planes);

    /// <summary>The keypoints: those of the other side where the view is mirrored.</summary>
    /// <param name="keypoints">K keypoints in the picture.</param>
    /// <param name="flipIndices">For each of the K keypoints the one it becomes when mirrored, as in a skeleton.</param>
    /// <param name="moved">The K keypoints in the input; those not labelled stay so.</param>
    /// <exception cref="ArgumentException">The numbers of keypoints differ.</exception>
    public void Move(IReadOnlyList<AnnotatedKeypoint> keypoints, IReadOnlyList<int> flipIndices, Span<LabelledPoint<InputPoint>> moved)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        ArgumentNullException.ThrowIfNull(flipIndices);
        if (keypoints.Count != moved.Length || flipIndices.Count != moved.Length)
            throw new ArgumentException($"There are {keypoints.Count} keypoints, {flipIndices.Count} flip indices and room for {moved.Length}.", nameof(keypoints));
        for (int k = 0; k < moved.Length; k++)
        {
            AnnotatedKeypoint keypoint = keypoints[IsMirrored ? flipIndices[k] : k];
            moved[k] = keypoint.IsLabelled ? new(ImageToInput.Apply(keypoint.Position), 1) : default;
        }
    }

    /// <summary>
    /// A mask at the resolution of heatmaps: 1 where the loss counts, 0 where the mask marks pixels to ignore and where the
    /// picture ends (pose-ae-train, <c>data/coco_pose/dp.py</c>: warped, then cut at one half).
    /// </summary>
    /// <param name="ignored">The pixels to ignore, of the picture's size.</param>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    /// <param name="target">[height / stride, width / stride]; every value is written.</param>
    /// <param name="width">Columns of the heatmaps.</param>
    /// <exception cref="ArgumentException">The target is no whole number of rows.</exception>
    public void WarpMask(BinaryMask ignored, double stride, Span<float> target, int width)
    {
        ArgumentNullException.ThrowIfNull(ignored);
        ReadOnlySpan<bool> pixels = ignored.Pixels;
        float[] counted = ArrayPool<float>.Shared.Rent(pixels.Length);
        for (int i = 0; i < pixels.Length; i++) counted[i] = pixels[i] ? 0 : 1;
        var imageToHeatmap = AffineTransform.Compose(first: ImageToInput.Matrix, second: new AffineTransform(1 / stride, 0, 0, 0, 1 / stride, 0));
        AffineWarp.WarpAffine(counted.AsSpan(0, pixels.Length), ignored.Width, ignored.Height, target, width, target.Length / width, channels: 1, imageToHeatmap);
        ArrayPool<float>.Shared.Return(counted);
        foreach (ref float value in target) value = value >= 0.5f ? 1 : 0;
    }

    /// <summary>Crop, then turn and resize within the crop, then mirror: three steps, as in pytorch_stacked_hourglass.</summary>
    private static AugmentedView Princeton(PersonRegion region, int side, SpatialDraw draw)
    {
        var centre = new ImagePoint(region.Centre.X + draw.ShiftX * region.Width, region.Centre.Y + draw.ShiftY * region.Height);
        var crop = new CentreScaleCrop(centre, Math.Max(region.Width, region.Height) / CentreScaleTransform.SideAtScaleOne, side);
        return new AugmentedView(new TurnedCrop(crop, TurnOf(side, draw.Scale, draw.Degrees), draw.IsMirrored), draw.IsMirrored);
    }

    /// <summary>Within a square input, around its middle.</summary>
    internal static AffineTransform TurnOf(int side, double scale, double degrees) => scale == 1 && degrees == 0
        ? AffineTransform.Identity
        : CentreScaleTransform.ImageToInput(new ImagePoint(side / 2.0, side / 2.0), side * scale / CentreScaleTransform.SideAtScaleOne, side, side, degrees).Matrix;

    private static AffineTransform Mirror(int width) => new(-1, 0, width - 1, 0, 1, 0);
}
