using Spectre.Console;

namespace Akimbo.Cli;

/// <summary>Tables for reading, without colours and of the same width wherever they go.</summary>
internal static class PlainTable
{
    private const int Width = 120;

    /// <summary>Writes a table.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var table = new Table().RoundedBorder();
        foreach (string column in columns) table.AddColumn(Markup.Escape(column));
        foreach (string[] row in rows) table.AddRow(Array.ConvertAll(row, Markup.Escape));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        console.Write(table);
    }
}
