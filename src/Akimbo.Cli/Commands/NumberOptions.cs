using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Akimbo.Geometry;

namespace Akimbo.Cli.Commands;

/// <summary>Options whose values are numbers with commas between them.</summary>
internal static class NumberOptions
{
    private const char Separator = ',';
    private const double LargestCoordinate = 1e9;

    /// <summary>Refuses smaller numbers.</summary>
    public static void RequireAtLeast(this Option<int> option, int least) => option.Validators.Add(result => RequireAtLeast(result, result.GetValueOrDefault<int>(), least));

    /// <inheritdoc cref="RequireAtLeast(Option{int}, int)"/>
    public static void RequireAtLeast(this Option<int?> option, int least) => option.Validators.Add(result => RequireAtLeast(result, result.GetValueOrDefault<int?>() ?? least, least));

    /// <summary>Reads boxes, each <c>x,y,width,height</c> in image pixels.</summary>
    public static PersonBox[] ParseBoxes(ArgumentResult result)
    {
        var boxes = new List<PersonBox>();
        foreach (var token in result.Tokens)
        {
            if (Numbers(token.Value) is [var x, var y, var width, var height] numbers && width > 0 && height > 0 && numbers.All(n => Math.Abs(n) <= LargestCoordinate))
                boxes.Add(new PersonBox(new Box(x, y, width, height)));
            else
                result.AddError($"--box {token.Value} is no box; expected x,y,width,height in pixels, the sizes more than 0.");
        }

        return [.. boxes];
    }

    /// <summary>Reads scales.</summary>
    public static double[] ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Numbers(text) is { } scales && scales.All(scale => scale > 0)) return scales;
        result.AddError($"--scales {text} are no scales; expected positive numbers such as 2,1,0.5.");
        return [];
    }

    /// <summary>Reads counts of 1 or more.</summary>
    public static int[] ParseCounts(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Numbers(text) is { } counts && counts.All(count => count is >= 1 and <= int.MaxValue && count == Math.Truncate(count)))
            return [.. counts.Select(count => (int)count)];
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} {text} are no counts; expected whole numbers of 1 or more such as 1,2.");
        return [];
    }

    private static void RequireAtLeast(OptionResult result, int value, int least)
    {
        if (value < least) result.AddError($"{result.Option.Name} must be {least} or more.");
    }

    private static double[]? Numbers(string text)
    {
        string[] parts = text.Split(Separator);
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) return null;
        return numbers;
    }
}
