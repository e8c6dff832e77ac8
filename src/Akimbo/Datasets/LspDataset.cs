using System.Globalization;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets;

/// <summary>What the third number of each keypoint in <c>joints.mat</c> says.</summary>
public enum LspThirdNumber
{
    /// <summary>1 where the keypoint is seen, 0 where it is not annotated: LSPET.</summary>
    IsLabelled,

    /// <summary>1 where the keypoint is hidden and its place a guess, 0 where it is seen: the original LSP, against its own README.</summary>
    IsHidden,
}

/// <summary>
/// Reads Leeds Sports Pose (2,000 pictures) and its extension LSPET (10,000), as distributed: a <c>joints.mat</c> with the
/// array <c>joints</c>, 3×14×N in LSP and 14×3×N in LSPET, beside a folder <c>images</c> of <c>im0001.jpg</c> … or
/// <c>im00001.jpg</c> …; one person a picture (Johnson and Everingham, BMVC 2010 and CVPR 2011).
/// </summary>
public static class LspDataset
{
    /// <summary>The file that holds the annotations.</summary>
    public const string FileName = "joints.mat";

    private const string Variable = "joints";
    private const int Numbers = 3;

    private static readonly int Keypoints = Lsp14.Skeleton.Keypoints.Count;

    /// <summary>Reads the annotations; coordinates are moved from MATLAB's pixels, which count from 1.</summary>
    /// <param name="path">The data set's folder, or its <c>joints.mat</c>.</param>
    /// <param name="imageFolder">Null for the folder <c>images</c> beside <c>joints.mat</c>.</param>
    /// <param name="thirdNumber">Null to go by the order of the axes: <see cref="LspThirdNumber.IsHidden"/> for 3×14×N,
    /// <see cref="LspThirdNumber.IsLabelled"/> for 14×3×N.</param>
    /// <exception cref="DatasetFormatException">The file holds no such array.</exception>
    /// <exception cref="CheckpointFormatException">The file is no sound MATLAB file of version 5.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static PoseDataset Load(string path, string? imageFolder = null, LspThirdNumber? thirdNumber = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        imageFolder ??= Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "images");
        return Read(MatFile.Load(file), file, imageFolder, thirdNumber);
    }

    /// <summary>Reads the annotations of a MATLAB file in memory; otherwise as <see cref="Load"/>.</summary>
    internal static PoseDataset Read(MatFile matlab, string file, string imageFolder, LspThirdNumber? thirdNumber)
    {
        if (!matlab.Variables.TryGetValue(Variable, out MatValue? value) || value is not MatNumbers joints)
        {
            string held = string.Join(", ", matlab.Variables.Select(variable => $"{variable.Key} ({variable.Value})"));
            throw new DatasetFormatException(file, $"There is no array '{Variable}'; the file holds {held}.");
        }

        bool numbersFirst = HasShape(joints, Numbers, Keypoints);
        if (!numbersFirst && !HasShape(joints, Keypoints, Numbers))
            throw new DatasetFormatException(file, $"'{Variable}' is {joints}; {Numbers}×{Keypoints}×N (LSP) or {Keypoints}×{Numbers}×N (LSPET) is expected.");

        double[] values = joints.ToArray<double>();
        var rule = thirdNumber ?? (numbersFirst ? LspThirdNumber.IsHidden : LspThirdNumber.IsLabelled);
        Func<int, string> imageName = ImageNames(imageFolder, numbersFirst);
        int notFinite = 0;
        var samples = new PoseSample[joints.Count / (Numbers * Keypoints)];
        for (int n = 0; n < samples.Length; n++)
        {
            var keypoints = new AnnotatedKeypoint[Keypoints];
            for (int k = 0; k < Keypoints; k++)
            {
                double x = At(n, k, 0), y = At(n, k, 1);
                var visibility = Visibility(At(n, k, 2), rule);
                if (visibility != KeypointVisibility.NotLabelled && !double.IsFinite(x + y))
                {
                    visibility = KeypointVisibility.NotLabelled;
                    notFinite++;
                }

                keypoints[k] = MatlabPixels.Keypoint(x, y, visibility);
            }

            samples[n] = new PoseSample
            {
                ImagePath = Path.Combine(imageFolder, imageName(n + 1)),
                ImageId = n + 1,
                People = [new AnnotatedPerson { Keypoints = keypoints }],
            };
        }

        string[] warnings = notFinite == 0 ? [] : [$"{notFinite:N0} labelled keypoints have no finite position and count as not labelled."];
        return new PoseDataset(numbersFirst ? "LSP" : "LSPET", Lsp14.Skeleton, samples, warnings);

        double At(int n, int k, int c) => values[n * Numbers * Keypoints + (numbersFirst ? k * Numbers + c : c * Keypoints + k)];
    }

    private static KeypointVisibility Visibility(double third, LspThirdNumber rule) => (rule, third > 0.5) switch
    {
        (LspThirdNumber.IsHidden, true) => KeypointVisibility.Hidden,
        (LspThirdNumber.IsLabelled, false) => KeypointVisibility.NotLabelled,
        _ => KeypointVisibility.Visible,
    };

    // MATLAB drops a last dimension of one.
    private static bool HasShape(MatNumbers joints, int first, int second) =>
        joints.Dimensions.Count is 2 or 3 && joints.Dimensions[0] == first && joints.Dimensions[1] == second;

    // Copies of the data sets differ in digits and format.
    private static Func<int, string> ImageNames(string folder, bool isOriginal)
    {
        string[] digits = isOriginal ? ["D4", "D5"] : ["D5", "D4"];
        (string Format, string Extension)[] patterns = [.. from format in digits from extension in (string[])[".jpg", ".png"] select (format, extension)];
        var found = Array.Find(patterns, pattern => File.Exists(Path.Combine(folder, Name(1, pattern.Format, pattern.Extension))));
        if (found == default) found = patterns[0];
        return number => Name(number, found.Format, found.Extension);
    }

    private static string Name(int number, string format, string extension) => $"im{number.ToString(format, CultureInfo.InvariantCulture)}{extension}";
}
